import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type BuildOptions } from "esbuild";
import { buildClient, type BuiltScript } from "./build-client.ts";
import { buildConsole, consoleBytes } from "./build-console.ts";
import { buildDocs } from "./build-docs.ts";
import { buildSdk, sdkBytes } from "./build-sdk.ts";
import { PAGE } from "./build-script.ts";
import { writeDemoAssets } from "./demo-data/write-assets.ts";
import { DIST, ROOT } from "./paths.ts";
import { deriveWorkerdConfig } from "./workerd-config.ts";

const inSource = (path: string): string => join(ROOT, path);
const edge: BuildOptions = {
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2023",
  external: ["cloudflare:*", "node:*"],
  conditions: ["workerd", "worker", "browser"],
  legalComments: "none",
};

/** Builds everything that is served: snippet, client, demo, console, reference, and the modules that plain workerd runs. */
export async function buildAll(): Promise<readonly BuiltScript[]> {
  const assets = join(DIST, "assets");
  mkdirSync(join(assets, "demo"), { recursive: true });
  const [scripts] = await Promise.all([
    buildClient(assets),
    buildSdk(assets),
    buildDocs(assets),
    buildConsole(assets),
    build({ ...PAGE, entryPoints: [inSource("client/demo/demo.ts")], outfile: join(assets, "demo/demo.js") }),
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
  return scripts;
}

if (import.meta.main) {
  const scripts = await buildAll();
  console.log("Built into dist/. Scripts for a shop's pages, compressed:");
  for (const { versioned, brotliBytes, integrity } of scripts)
    console.log(`${String(brotliBytes).padStart(6)} bytes  ${versioned}  ${integrity}`);
  console.log(`The typed client: ${sdkBytes(join(DIST, "assets"))} bytes.`);
  console.log(`The console, all of it: ${consoleBytes(join(DIST, "assets"))} bytes.`);
}
