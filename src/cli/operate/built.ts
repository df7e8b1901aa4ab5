import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { DIST, ROOT } from "../paths.ts";

const SOURCES = ["src", "client", "docs/errors", "wrangler.toml", "package-lock.json"];

function newest(path: string): number {
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Whether what is served was made from the sources as they are now. */
export function isBuilt(): boolean {
  const made = join(DIST, "workerd.capnp"); // Written last.
  if (!existsSync(made)) return false;
  const madeAt = statSync(made).mtimeMs;
  return SOURCES.every((source) => newest(join(ROOT, source)) <= madeAt);
}
