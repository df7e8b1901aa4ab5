import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { call, type SiteKeys } from "../../src/cli/call.ts";
import { DIST, ROOT } from "../../src/cli/paths.ts";
import { localSecrets } from "../../src/cli/secrets.ts";
import { serve } from "../../src/cli/serve.ts";

/** A site on a real server, for other people's SDKs to ask. */
export type FlagServer = {
  readonly url: string;
  readonly keys: SiteKeys;
  publish(config: object): Promise<void>;
  stop(): Promise<void>;
};

/** Bundles the Worker as it stands in the source, starts it, and makes a site whose pages live at `origin`. */
export async function startFlags(origin = "https://shop.example"): Promise<FlagServer> {
  const dir = mkdtempSync(join(tmpdir(), "concierge-flags-"));
  const worker = join(dir, "worker");
  mkdirSync(worker);
  await build({
    entryPoints: [join(ROOT, "src/worker.ts")],
    outfile: join(worker, "worker.js"),
    bundle: true,
    format: "esm",
    target: "es2023",
    external: ["cloudflare:*", "node:*"],
    conditions: ["workerd", "worker", "browser"],
  });
  for (const name of ["asset-server.js", "workerd.capnp"]) copyFileSync(join(DIST, name), join(worker, name));
  const secrets = localSecrets(dir);
  const served = await serve({
    dataDir: join(dir, "data"),
    secrets,
    configPath: join(worker, "workerd.capnp"),
  });
  const keys = await call<SiteKeys>(`${served.url}/v1/sites`, {
    key: secrets.OPERATOR_KEY,
    body: { origin },
  });
  let revision = 1;
  return {
    url: served.url,
    keys,
    publish: async (config) => {
      const headers = { "if-match": `"${revision}"` };
      await call(`${served.url}/v1/config`, { method: "PUT", key: keys.adminKey, headers, body: config });
      revision += 1;
    },
    stop: async () => {
      await served.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
