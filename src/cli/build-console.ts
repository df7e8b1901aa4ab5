import { cpSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { brotliBytes } from "./build-client.ts";
import { ROOT } from "./paths.ts";

const SOURCE = join(ROOT, "client/console");

/** Writes the console into a folder of assets: a small core, and each page's code for when it is opened. */
export async function buildConsole(assets: string): Promise<void> {
  const folder = join(assets, "console");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const own = globSync("**/*.css", { cwd: SOURCE }).sort((one, other) =>
    // The tokens come first; what a page says of its own comes last.
    one === "console.css" ? -1 : other === "console.css" ? 1 : one < other ? -1 : 1,
  );
  const sheets = ["uplot/dist/uPlot.min.css", ...own.map((path) => `./${path}`)];
  await Promise.all([
    build({
      entryPoints: [join(SOURCE, "main.tsx")],
      outdir: folder,
      bundle: true,
      minify: true,
      splitting: true,
      format: "esm",
      target: "es2022",
      jsx: "automatic",
      jsxImportSource: "preact",
      chunkNames: "[name]-[hash]",
      legalComments: "none",
    }),
    build({
      stdin: {
        contents: sheets.map((path) => `@import ${JSON.stringify(path)};`).join("\n"),
        loader: "css",
        resolveDir: SOURCE,
      },
      outfile: join(folder, "console.css"),
      bundle: true,
      minify: true,
      target: ["chrome120", "firefox120", "safari17"],
      legalComments: "none",
    }),
  ]);
  for (const name of ["index.html", "icon.svg"]) cpSync(join(SOURCE, name), join(folder, name));
}

/** What the whole console weighs, compressed: every page of it, styles included. */
export const consoleBytes = (assets: string): number =>
  readdirSync(join(assets, "console")).reduce(
    (sum, name) => sum + brotliBytes(readFileSync(join(assets, "console", name))),
    0,
  );
