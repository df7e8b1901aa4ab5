import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type BuildOptions, type Plugin } from "esbuild";
import { ROOT } from "../../src/cli/paths.ts";
import { deriveWorkerdConfig } from "../../src/cli/workerd-config.ts";
import type { Plant } from "./plants.ts";

const EDGE: BuildOptions = {
  bundle: true,
  format: "esm",
  target: "es2023",
  external: ["cloudflare:*", "node:*"],
  conditions: ["workerd", "worker", "browser"],
  logLevel: "error",
};

/** Changes source texts while they are bundled; the tree itself stays as it is. */
function planting(plant: Plant): Plugin {
  return {
    name: `plant ${plant.name}`,
    setup: ({ onLoad }) => {
      onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => {
        const edits = plant.edits.filter((edit) => join(ROOT, edit.file) === path);
        if (edits.length === 0) return undefined;
        let contents = readFileSync(path, "utf8");
        for (const { find, replace } of edits) contents = contents.replace(find, () => replace);
        return { contents, loader: "ts" };
      });
    },
  };
}

/** Why a plant cannot be planted: its text must stand in the source exactly once, or the plant tests nothing. */
export function plantDefect(plant: Plant): string | undefined {
  for (const { file, find } of plant.edits) {
    const times = readFileSync(join(ROOT, file), "utf8").split(find).length - 1;
    if (times !== 1) return `${plant.name}: ${file} holds its text ${times} times instead of once.`;
  }
  return undefined;
}

/**
 * Bundles the worker, as it is or with a planted fault, into a folder of its own with its own workerd configuration.
 * @returns the configuration's path
 */
export async function bundleInto(
  dir: string,
  plant: Plant | undefined,
  variables: Readonly<Record<string, string>>,
): Promise<string> {
  const defect = plant && plantDefect(plant);
  if (defect) throw new Error(defect);
  mkdirSync(dir, { recursive: true });
  await Promise.all([
    build({
      ...EDGE,
      entryPoints: [join(ROOT, "src/worker.ts")],
      outfile: join(dir, "worker.js"),
      plugins: plant ? [planting(plant)] : [],
    }),
    build({
      ...EDGE,
      entryPoints: [join(ROOT, "src/cli/asset-server.ts")],
      outfile: join(dir, "asset-server.js"),
    }),
  ]);
  const config = deriveWorkerdConfig(join(ROOT, "wrangler.toml"), {
    worker: "worker.js",
    assetServer: "asset-server.js",
  });
  const path = join(dir, "workerd.capnp");
  writeFileSync(path, Object.entries(variables).reduce(withSetting, config));
  return path;
}

/** The configuration with a setting that is written in it, instead of being read from the environment. */
function withSetting(config: string, [name, value]: readonly [string, string]): string {
  const [from, to] = [`fromEnvironment = ${JSON.stringify(name)}`, `text = ${JSON.stringify(value)}`];
  if (!config.includes(from)) throw new Error(`The product knows no setting ${name}.`);
  return config.replace(from, to);
}
