import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Refusal } from "./refusal.ts";

/** What a backup says about itself. */
export type Manifest = {
  readonly format: "concierge-backup/1";
  /** Epoch milliseconds. What changed after it may be newer in one object's copy than in another's. */
  readonly beganAt: number;
  readonly endedAt: number;
  /** Which root secret opens it; absent: the folder did not say. */
  readonly secret?: string;
  readonly files: number;
  readonly bytes: number;
  /** Databases that were in use while they were copied. */
  readonly open: number;
};

const pathIn = (dir: string): string => join(dir, "backup.json");

/** Written last: a folder without it is a backup that was cut off. */
export const writeManifest = (dir: string, manifest: Manifest): void =>
  writeFileSync(pathIn(dir), `${JSON.stringify(manifest, null, 2)}\n`);

export function readManifest(dir: string): Manifest {
  if (!existsSync(pathIn(dir)))
    throw new Refusal(
      `${dir} holds no complete backup.`,
      "Name the folder that `npm run backup` printed; one without backup.json was cut off.",
    );
  const manifest = JSON.parse(readFileSync(pathIn(dir), "utf8")) as Manifest;
  if (manifest.format !== "concierge-backup/1")
    throw new Refusal(`${dir} is of another format.`, "Restore it with the version that made it.");
  return manifest;
}
