import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { DIST, ROOT } from "../../src/cli/paths.ts";

const run = promisify(execFile);

/** What a project has besides. */
type More = { readonly packages?: readonly string[]; readonly options?: Readonly<Record<string, unknown>> };

/** A project that has installed the built client, as its documentation tells, and nothing else but Node's types. */
export function consumer(files: Readonly<Record<string, string>>, more: More = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "concierge-consumer-"));
  mkdirSync(join(folder, "node_modules/@types"), { recursive: true });
  cpSync(join(DIST, "assets/sdk"), join(folder, "node_modules/concierge-sdk"), { recursive: true });
  for (const name of ["@types/node", "undici-types", ...(more.packages ?? [])])
    symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name));
  // Where a project takes this repository in as a package.
  if (more.options) symlinkSync(ROOT, join(folder, "node_modules/concierge"));
  const compilerOptions = {
    target: "ES2023",
    module: "nodenext",
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    types: ["node"],
    ...more.options,
  };
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** What the compiler says of a project, line by line; nothing when all is well. The client's types are checked too. */
export async function complaintsOf(folder: string): Promise<string[]> {
  try {
    await run(join(ROOT, "node_modules/.bin/tsc"), ["-p", folder]);
    return [];
  } catch (error) {
    return (error as { readonly stdout: string }).stdout.trim().split("\n");
  }
}

/** Runs a file of a project; gives back what it printed. */
export async function runIn(
  folder: string,
  file: string,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const { stdout } = await run(join(ROOT, "node_modules/.bin/node"), [file], {
    cwd: folder,
    env: { ...process.env, ...env },
  });
  return stdout;
}
