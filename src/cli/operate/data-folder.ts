import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Refusal } from "./refusal.ts";

/** What a data folder says about itself, in `concierge.json`. */
export type About = {
  readonly layout: 2;
  /** Which root secret opens it: see `markOf`. */
  readonly secret?: string;
  /** Since a restore: objects ask the erase ledger before they serve. Epoch milliseconds. */
  readonly restoredAt?: number;
};

/** Where everything of a deployment on one machine lies. Secrets do not: a copy of the folder alone opens nothing. */
export type DataFolder = { readonly dir: string; readonly objects: string };

export const dataFolder = (dir: string): DataFolder => ({
  dir: resolve(dir),
  objects: join(resolve(dir), "objects"),
});

const aboutPath = ({ dir }: DataFolder): string => join(dir, "concierge.json");
const lockPath = ({ dir }: DataFolder): string => join(dir, "serving.pid");

export function readAbout(folder: DataFolder): About | undefined {
  const path = aboutPath(folder);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as About) : undefined;
}

export function writeAbout(folder: DataFolder, about: About): void {
  mkdirSync(folder.dir, { recursive: true, mode: 0o700 });
  writeFileSync(aboutPath(folder), `${JSON.stringify(about, null, 2)}\n`);
}

/**
 * Makes sure that a folder is served with the secret it was made with: with another one every key would be void and every
 * profile out of reach, without a word.
 * @param mark of the secret at hand: see `markOf`
 * @returns what the folder shall say of itself once it is served
 */
export function admitSecret(folder: DataFolder, mark: string): About {
  const known = readAbout(folder);
  if (known?.secret !== undefined && known.secret !== mark)
    throw new Refusal(
      `${folder.dir} was made with another CONCIERGE_SECRET: nothing in it could be reached with this one.`,
      "Use the secret it was made with, or another --data folder.",
    );
  return { ...known, layout: 2, secret: mark };
}

/** The process that serves a folder now, if any does. */
export function servedBy(folder: DataFolder): number | undefined {
  if (!existsSync(lockPath(folder))) return undefined;
  const pid = Number(readFileSync(lockPath(folder), "utf8"));
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  try {
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    return (error as { code?: string }).code === "EPERM" ? pid : undefined;
  }
}

/** Two servers on one folder would undo each other's writes: the second does not begin. */
export function lock(folder: DataFolder): () => void {
  const other = servedBy(folder);
  if (other !== undefined && other !== process.pid)
    throw new Refusal(
      `${folder.dir} is in use by process ${other}.`,
      "One server serves a folder. Stop that one, or choose another --data folder.",
    );
  mkdirSync(folder.objects, { recursive: true, mode: 0o700 });
  writeFileSync(lockPath(folder), String(process.pid));
  return () => rmSync(lockPath(folder), { force: true });
}
