import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

/** Folder of the shared data sets and vectors, beside the repository; `CONCIERGE_SHARED` names another place. */
const root =
  process.env["CONCIERGE_SHARED"] ?? join(dirname(fileURLToPath(import.meta.url)), "../../../shared");

/** Absolute path of a shared file, or `undefined` where it is absent: the caller skips, and says so. */
export function sharedPath(path: string): string | undefined {
  const full = join(root, path);
  if (existsSync(full)) return full;
  console.warn(`SKIPPED: shared/${path} is not here; the tests and benches that need it do not run.`);
  return undefined;
}

/** Text of a shared file; `.gz` files come out unpacked. */
export function readShared(path: string): string | undefined {
  const full = sharedPath(path);
  if (full === undefined) return undefined;
  const bytes = readFileSync(full);
  return (full.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}
