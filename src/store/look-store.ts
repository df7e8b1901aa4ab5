import type { Look } from "../core/experiment/look.ts";
import type { Storage } from "./sql.ts";

export const LOOKS_TABLE = `
CREATE TABLE looks (experiment TEXT NOT NULL, number INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (experiment, number)) STRICT, WITHOUT ROWID;
`;

/** Everything that was found so far, oldest first. */
export function readLooks(storage: Storage, experiment: string): Look[] {
  return storage.sql
    .exec<{ body: string }>("SELECT body FROM looks WHERE experiment = ? ORDER BY number", experiment)
    .toArray()
    .map(({ body }) => JSON.parse(body) as Look);
}

export function addLook(storage: Storage, experiment: string, look: Look): void {
  storage.sql.exec(
    "INSERT INTO looks (experiment, number, body) SELECT ?1, coalesce(max(number), 0) + 1, ?2 FROM looks WHERE experiment = ?1",
    experiment,
    JSON.stringify(look),
  );
}
