import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../src/cli/paths.ts";

/** Blocks of TypeScript of a guide, in their order. */
export function examplesOf(path: string): readonly string[] {
  const text = readFileSync(join(ROOT, path), "utf8");
  return [...text.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code]) => code!);
}
