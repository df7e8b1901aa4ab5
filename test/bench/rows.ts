/** What an event costs, in rows written and in bytes on disk: `npm run rows`. Plain workerd, real alarms. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { call, type SiteKeys } from "../../src/cli/call.ts";
import { DIST, ROOT } from "../../src/cli/paths.ts";
import { localSecrets } from "../../src/cli/secrets.ts";
import { serve } from "../../src/cli/serve.ts";
import { deriveWorkerdConfig } from "../../src/cli/workerd-config.ts";

const CUSTOMERS = 100;
/** Dollars for a million rows written, as Cloudflare lists it. */
const DOLLARS_PER_MILLION_ROWS = 1;

type Written = Record<string, { rows: number; alarms: number }>;

const dir = mkdtempSync(join(tmpdir(), "concierge-rows-"));
const worker = join(dir, "worker.js");
await build({
  entryPoints: [join(ROOT, "test/bench/rows-worker.ts")],
  outfile: worker,
  bundle: true,
  format: "esm",
  target: "es2023",
  external: ["cloudflare:*", "node:*"],
  conditions: ["workerd", "worker", "browser"],
});
const configPath = join(dir, "workerd.capnp");
writeFileSync(
  configPath,
  deriveWorkerdConfig(join(ROOT, "wrangler.toml"), {
    worker: "worker.js",
    assetServer: "asset-server.js",
  }),
);
writeFileSync(
  join(dir, "asset-server.js"),
  "export default { fetch: () => new Response('', { status: 404 }) };",
);
mkdirSync(join(dir, "data"), { recursive: true });
const secrets = localSecrets(dir);
const served = await serve({
  dataDir: join(dir, "data"),
  assetsDir: join(DIST, "assets"),
  secrets,
  configPath,
  quiet: true,
  settings: { BUDGET_FACTOR: "1000" },
});

const keys = await call<SiteKeys>(`${served.url}/v1/sites`, {
  key: secrets.OPERATOR_KEY,
  body: { origin: "https://shop.example", kind: "bench" },
});
const items = Array.from({ length: 200 }, (_, i) => ({ id: `item-${i}`, title: `Item ${i}` }));
await fetch(`${served.url}/v1/catalog`, {
  method: "PUT",
  headers: { authorization: `Bearer ${keys.serverKey}`, "content-type": "application/x-ndjson" },
  body: items.map((item) => JSON.stringify(item)).join("\n"),
});

const consent = { personalization: true, analytics: true };
const TYPES = ["page_viewed", "product_viewed", "product_viewed", "product_clicked", "product_added"];
const eventOf = (id: string, n: number) => {
  const type = TYPES[n % TYPES.length]!;
  return { id, type, ...(type === "page_viewed" ? {} : { item: `item-${(n * 7) % 200}` }) };
};

const rowsNow = async (): Promise<Written> =>
  (await fetch(`${served.url}/__rows`)).json() as Promise<Written>;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Sends `batches` batches of `size` events for each customer, all customers at once, and waits for drains and alarms. */
async function run(
  name: string,
  size: number,
  batches: number,
  gapMs: number,
  idOf: (who: number, n: number) => string,
) {
  const before = await rowsNow();
  const visitors: (string | undefined)[] = [];
  for (let batch = 0; batch < batches; batch++) {
    await Promise.all(
      Array.from({ length: CUSTOMERS }, async (_, who) => {
        const events = Array.from({ length: size }, (_, i) =>
          eventOf(idOf(who, batch * size + i), batch * size + i),
        );
        const answer = await call<{ events: { status: string }[]; visitorId?: string }>(
          `${served.url}/v1/events`,
          {
            body: { key: keys.writeKey, visitorId: visitors[who], consent, events },
          },
        );
        visitors[who] ??= answer.visitorId;
        if (answer.events.some((one) => one.status !== "accepted"))
          throw new Error(JSON.stringify(answer.events[0]));
      }),
    );
    await pause(gapMs);
  }
  await pause(12_000);
  const after = await rowsNow();
  const events = CUSTOMERS * size * batches;
  const cost = (of: string) => {
    const old = before[of] ?? { rows: 0, alarms: 0 };
    const now = after[of] ?? old;
    return { rows: now.rows - old.rows, alarms: now.alarms - old.alarms };
  };
  const all = Object.fromEntries(Object.keys(after).map((of) => [of, cost(of)]));
  const ingest = all["customer"]!.rows / events;
  const total = Object.values(all).reduce((sum, one) => sum + one.rows + one.alarms, 0) / events;
  const dollars = (total * DOLLARS_PER_MILLION_ROWS).toFixed(2);
  console.log(
    `${name}: ${events} events; ingest ${ingest.toFixed(3)} rows an event; end to end ${total.toFixed(3)} ($${dollars} a million)`,
  );
  console.log(
    `   ${Object.entries(all)
      .map(([of, { rows, alarms }]) => `${of} ${rows} + ${alarms} alarms`)
      .join("; ")}`,
  );
}

let stream = 0;
const streams = Array.from({ length: 10 * CUSTOMERS }, () => (stream++).toString(36).padStart(12, "s"));
const own = (round: number) => (who: number, n: number) => `${streams[round * CUSTOMERS + who]}-${n}`;
try {
  await run("snippet ids, batches of 20", 20, 5, 5_500, own(0));
  await run("snippet ids, batches of 20, one visit", 20, 1, 0, own(1));
  await run("foreign ids, batches of 20", 20, 2, 5_500, (who, n) => `f-${who}-${n}`);
  await run("snippet ids, batches of 3 every two seconds", 3, 5, 2_000, own(2));
} finally {
  await served.stop();
}
const customers = join(dir, "data/concierge-CustomerObject");
const sizes = readdirSync(customers)
  .filter((file) => file.endsWith(".sqlite") && !file.startsWith("metadata"))
  .map((file) => statSync(join(customers, file)).size)
  .sort((a, b) => a - b);
console.log(
  `on disk: smallest customer ${sizes[0]! / 1024} KB, median ${sizes[sizes.length >> 1]! / 1024} KB, largest ${sizes.at(-1)! / 1024} KB`,
);
rmSync(dir, { recursive: true, force: true });
