import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type BuildOptions } from "esbuild";
import { parse } from "smol-toml";
import { ROOT } from "../../../src/cli/paths.ts";
import { localSecrets } from "../../../src/cli/secrets.ts";
import { serve, type Served } from "../../../src/cli/serve.ts";
import { deriveWorkerdConfig } from "../../../src/cli/workerd-config.ts";
import { cpuMsOf } from "../serve/process.ts";
import type { MeterReading } from "./meter.ts";

export type Metered = Served & {
  readonly operatorKey: string;
  readonly customersDir: string;
  /** What was counted since the start, and the CPU time of the whole process. */
  read(): Promise<MeterReading & { readonly cpuMs: number }>;
  /** Waits until nothing more is counted for so long. Resolves with whether that came. */
  settled(quietMs: number, mostMs: number): Promise<boolean>;
};

type Bindings = {
  readonly name: string;
  readonly durable_objects: { readonly bindings: readonly { readonly class_name: string }[] };
};

/** The worker with every class of wrangler.toml metered, so that none that is added later is forgotten. */
function entry(toml: Bindings): string {
  const classes = toml.durable_objects.bindings.map((one) => one.class_name);
  return [
    `import app, * as all from "./src/worker.ts";`,
    `import { meteredObject, meteredWorker } from "./test/bench/cost/meter.ts";`,
    ...classes.map((name) => `export const ${name} = meteredObject("${name}", all.${name});`),
    `export default meteredWorker(app);`,
  ].join("\n");
}

/** Bundles the metered worker as the build does, and serves it with plain workerd, objects on disk. */
export async function serveMetered(dir: string): Promise<Metered> {
  const tomlPath = join(ROOT, "wrangler.toml");
  const toml = parse(readFileSync(tomlPath, "utf8")) as unknown as Bindings;
  const common: BuildOptions = {
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2023",
    legalComments: "none",
    external: ["cloudflare:*", "node:*"],
    conditions: ["workerd", "worker", "browser"],
  };
  await build({
    ...common,
    stdin: { contents: entry(toml), resolveDir: ROOT, loader: "ts" },
    outfile: join(dir, "worker.js"),
  });
  await build({
    ...common,
    entryPoints: [join(ROOT, "src/cli/asset-server.ts")],
    outfile: join(dir, "asset-server.js"),
  });
  const config = deriveWorkerdConfig(tomlPath, { worker: "worker.js", assetServer: "asset-server.js" });
  const configPath = join(dir, "workerd.capnp");
  // The meter follows a turn through its waits; the product itself does without.
  writeFileSync(
    configPath,
    config.replaceAll("compatibilityFlags = [", `compatibilityFlags = ["nodejs_als", `),
  );
  const dataDir = join(dir, "objects");
  const assetsDir = join(dir, "assets");
  for (const one of [dataDir, assetsDir]) mkdirSync(one, { recursive: true });
  const secrets = localSecrets(dir);
  const served = await serve({
    dataDir,
    assetsDir,
    secrets,
    configPath,
    quiet: true,
    isBound: true,
    settings: { BUDGET_FACTOR: "1000000", LOG_REQUESTS: "0" },
  });
  const read: Metered["read"] = async () => ({
    ...((await (await fetch(`${served.url}/__meter`)).json()) as MeterReading),
    cpuMs: cpuMsOf(served.process.pid!) ?? Number.NaN,
  });
  return {
    ...served,
    operatorKey: secrets.OPERATOR_KEY,
    customersDir: join(dataDir, `${toml.name}-CustomerObject`),
    read,
    settled: async (quietMs, mostMs) => {
      const total = async () => {
        const { turns } = await read();
        return Object.values(turns).reduce((sum, one) => sum + one.requests + one.rowsWritten, 0);
      };
      const until = Date.now() + mostMs;
      let last = await total();
      for (let same = Date.now(); Date.now() < until;) {
        await new Promise((resolve) => setTimeout(resolve, 250));
        const now = await total();
        if (now !== last) same = Date.now();
        else if (Date.now() - same >= quietMs) return true;
        last = now;
      }
      return false;
    },
  };
}
