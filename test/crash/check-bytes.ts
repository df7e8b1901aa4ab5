import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Defects } from "./defects.ts";

/** Of so many erased people files are searched for traces. */
const SOUGHT_MAX = 60;

/** No file under a folder holds a byte of these names of people who were erased. @returns how many were sought */
export function checkBytes(dir: string, names: readonly string[], defects: Defects): number {
  const sought = names.slice(0, SOUGHT_MAX);
  if (sought.length === 0) return 0;
  for (const entry of readdirSync(dir, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const bytes = readFileSync(join(entry.parentPath, entry.name));
    for (const name of sought)
      if (bytes.includes(name))
        defects.add("erased, and bytes are left", `${name} in ${entry.name.slice(0, 8)}…`);
  }
  return sought.length;
}
