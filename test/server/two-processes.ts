import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { DIST, ROOT } from "../../src/cli/paths.ts";
import { freePort, serve, type Served } from "../../src/cli/serve.ts";

type Secrets = Parameters<typeof serve>[0]["secrets"];

/** Bundles a test's worker beside a copy of the derived configuration, changed where the test needs it. */
async function prepare(dir: string, entry: string, change: (config: string) => string): Promise<string> {
  mkdirSync(dir, { recursive: true });
  await build({
    entryPoints: [join(ROOT, "test/server", entry)],
    outfile: join(dir, "worker.js"),
    bundle: true,
    format: "esm",
    target: "es2023",
    external: ["cloudflare:*", "node:*"],
    conditions: ["workerd", "worker", "browser"],
  });
  copyFileSync(join(DIST, "asset-server.js"), join(dir, "asset-server.js"));
  const config = readFileSync(join(DIST, "workerd.capnp"), "utf8");
  const path = join(dir, "workerd.capnp");
  writeFileSync(path, change(config));
  return path;
}

/** Two server processes of one deployment: the first holds the objects, the second reaches them over RPC. */
export async function serveTwo(dir: string, secrets: Secrets): Promise<{ first: Served; second: Served }> {
  const rpcPort = await freePort();
  const firstConfig = await prepare(join(dir, "first"), "origin.ts", (config) =>
    config.replace(
      "sockets = [",
      `sockets = [(name = "rpc", address = "127.0.0.1:${rpcPort}", http = (capnpConnectHost = "rpc"), service = (name = "main", entrypoint = "Objects")), `,
    ),
  );
  const secondConfig = await prepare(join(dir, "second"), "front.ts", (config) =>
    config
      .replace(
        "services = [",
        `services = [(name = "first", external = (address = "127.0.0.1:${rpcPort}", http = (capnpConnectHost = "rpc"))),`,
      )
      .replace('(name = "ASSETS",', '(name = "FIRST", service = "first"),\n    (name = "ASSETS",'),
  );
  const first = await serve({ dataDir: join(dir, "first-data"), secrets, configPath: firstConfig });
  const second = await serve({
    dataDir: join(dir, "second-data"),
    secrets,
    configPath: secondConfig,
  }).catch(async (error: unknown) => {
    await first.stop();
    throw error;
  });
  return { first, second };
}
