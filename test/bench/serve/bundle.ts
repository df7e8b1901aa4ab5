import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { ROOT } from "../../../src/cli/paths.ts";
import { deriveWorkerdConfig } from "../../../src/cli/workerd-config.ts";

export type Bundle = {
  /** Below the repository. */
  readonly worker: string;
  readonly toml: string;
  /** Where the modules and the configuration go. */
  readonly dir: string;
  /** Without it the names of functions survive, for a profile. */
  readonly minify: boolean;
};

/** Bundles a worker as `npm run build` does, into a folder of its own. Returns the path of workerd's configuration. */
export async function bundle({ worker, toml, dir, minify }: Bundle): Promise<string> {
  const modules = { worker: "worker.js", assetServer: "asset-server.js" };
  await build({
    entryPoints: { worker: join(ROOT, worker), "asset-server": join(ROOT, "src/cli/asset-server.ts") },
    outdir: dir,
    bundle: true,
    minify,
    format: "esm",
    target: "es2023",
    legalComments: "none",
    external: ["cloudflare:*", "node:*"],
    conditions: ["workerd", "worker", "browser"],
  });
  const config = join(dir, "workerd.capnp");
  writeFileSync(config, deriveWorkerdConfig(join(ROOT, toml), modules));
  return config;
}
