import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Every file below a folder. */
export function filesIn(dir: string): string[] {
  if (!existsSync(dir)) return [];
  return globSync("**/*", { cwd: dir })
    .map((name) => join(dir, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
}

/** Whether a text stands in any file of a folder, in UTF-8. A file that goes away meanwhile holds nothing. */
export function bytesHold(dir: string, text: string): boolean {
  const wanted = Buffer.from(text);
  return filesIn(dir).some((path) => {
    try {
      return readFileSync(path).includes(wanted);
    } catch {
      return false;
    }
  });
}
