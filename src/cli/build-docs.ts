import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { readApi, runSource } from "./api-description.ts";
import { ROOT } from "./paths.ts";

type Render = { readonly renderDocs: (sources: object) => Readonly<Record<string, string>> };

/** Writes the API reference into a folder of assets: pages that are ready to be read, and a small script to search them. */
export async function buildDocs(assets: string): Promise<void> {
  const folder = join(assets, "docs");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const [api, renderer] = await Promise.all([
    readApi(),
    runSource('export { renderDocs } from "./client/docs/pages.ts";') as Promise<Render>,
    build({
      entryPoints: [join(ROOT, "client/docs/docs.ts")],
      outfile: join(folder, "docs.js"),
      bundle: true,
      minify: true,
      format: "esm",
      target: "es2022",
      legalComments: "none",
    }),
  ]);
  const errors = Object.fromEntries(
    globSync(join(ROOT, "docs/errors/*.md")).map((path) => [
      basename(path, ".md"),
      readFileSync(path, "utf8"),
    ]),
  );
  const wire = readFileSync(join(ROOT, "client/sdk/wire.ts"), "utf8");
  for (const [name, text] of Object.entries(renderer.renderDocs({ api, wire, errors })))
    writeFileSync(join(folder, name), text);
  cpSync(join(ROOT, "client/docs/docs.css"), join(folder, "docs.css"));
}
