import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { build, type BuildOptions } from "esbuild";
import { writeDemoAssets } from "./demo-data/write-assets.ts";
import { DIST, ROOT } from "./paths.ts";
import { deriveWorkerdConfig } from "./workerd-config.ts";

const inSource = (path: string): string => join(ROOT, path);
const page: BuildOptions = {
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  legalComments: "none",
};
const edge: BuildOptions = {
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2023",
  external: ["cloudflare:*", "node:*"],
  conditions: ["workerd", "worker", "browser"],
  legalComments: "none",
};

/** Builds everything that is served: snippet, demo, error pages, and the modules that plain workerd runs. */
export async function buildAll(): Promise<{ snippetBrotliBytes: number }> {
  const assets = join(DIST, "assets");
  mkdirSync(join(assets, "demo"), { recursive: true });
  await Promise.all([
    build({
      ...page,
      entryPoints: [inSource("client/snippet/snippet.ts")],
      outfile: join(assets, "concierge.js"),
    }),
    build({
      ...page,
      entryPoints: [inSource("client/snippet/debug.ts")],
      outfile: join(assets, "concierge-debug.js"),
    }),
    build({ ...page, entryPoints: [inSource("client/demo/demo.ts")], outfile: join(assets, "demo/demo.js") }),
    build({ ...edge, entryPoints: [inSource("src/worker.ts")], outfile: join(DIST, "worker.js") }),
    build({
      ...edge,
      entryPoints: [inSource("src/cli/asset-server.ts")],
      outfile: join(DIST, "asset-server.js"),
    }),
    writeDemoAssets(join(assets, "demo")),
  ]);
  cpSync(inSource("client/demo"), join(assets, "demo"), {
    recursive: true,
    filter: (path) => !path.endsWith(".ts"),
  });
  cpSync(inSource("docs/errors"), join(assets, "errors"), { recursive: true });
  writeFileSync(
    join(DIST, "workerd.capnp"),
    deriveWorkerdConfig(inSource("wrangler.toml"), { worker: "worker.js", assetServer: "asset-server.js" }),
  );
  const snippet = readFileSync(join(assets, "concierge.js"));
  return { snippetBrotliBytes: brotliCompressSync(snippet).length };
}

if (import.meta.main) {
  const { snippetBrotliBytes } = await buildAll();
  console.log(`Built into dist/. The snippet is ${snippetBrotliBytes} bytes (brotli).`);
}
