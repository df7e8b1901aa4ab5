import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type BuildOptions, type Plugin } from "esbuild";
import { ROOT } from "../../src/cli/paths.ts";
import type { Patch } from "./threat.ts";

/** Changes source texts while they are bundled, of the server and of the snippet. */
export function patching(patch: Patch | undefined): Plugin {
  return {
    name: "patching",
    setup: ({ onLoad }) => {
      onLoad({ filter: /[\\/](src|client)[\\/].*\.ts$/ }, ({ path }) => {
        const edits = (patch?.edits ?? []).filter((edit) => join(ROOT, edit.file) === path);
        if (edits.length === 0) return undefined;
        let contents = readFileSync(path, "utf8");
        for (const { find, replace } of edits) contents = contents.replace(find, () => replace);
        return { contents, loader: "ts" };
      });
    },
  };
}

const PAGE: BuildOptions = { minify: true, format: "iife", target: "es2020", legalComments: "none" };

/** The snippet as the build makes it, with a defence switched off or none. */
export async function snippetOf(patch: Patch | undefined): Promise<string> {
  const { outputFiles } = await build({
    ...PAGE,
    bundle: true,
    write: false,
    entryPoints: [join(ROOT, "client/snippet/snippet.ts")],
    plugins: [patching(patch)],
  });
  return outputFiles[0]!.text;
}

let made = 0;

/** A module of the product, patched, in this process: for attacks on arithmetic, which need no server. */
export async function load<Module>(patch: Patch | undefined, dir: string, file: string): Promise<Module> {
  const outfile = join(dir, `module-${++made}.mjs`);
  await build({
    bundle: true,
    format: "esm",
    target: "es2023",
    entryPoints: [join(ROOT, file)],
    outfile,
    plugins: [patching(patch)],
    logLevel: "error",
  });
  return (await import(pathToFileURL(outfile).href)) as Module;
}
