import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { call } from "../../src/cli/call.ts";
import { localSecrets } from "../../src/cli/secrets.ts";
import { bundleInto } from "./bundle.ts";
import { Server } from "./server.ts";
import { openShop, type Shop } from "./shop.ts";

/**
 * `npm run moments`: people leave a segment and abandon carts at moments spread over a while, with nobody doing anything, and
 * the server is killed in between. Afterwards every customer's log must hold each moment once, or not at all where there was an
 * order or no grant, and each within so long of its time. Last line JSON.
 */
const { values } = parseArgs({
  options: {
    people: { type: "string", default: "2000" },
    seconds: { type: "string", default: "20" },
    kills: { type: "string", default: "0" },
  },
});
const [people, seconds, kills] = [Number(values.people), Number(values.seconds), Number(values.kills)];

const HOUR = 3_600_000;
const MINUTE = 60_000;
const CONNECTIONS = 32;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const CONFIG = {
  segments: { fresh: { when: { $count: { event: "product_viewed", days: 1 / 24, is: { $gte: 1 } } } } },
  triggers: [
    { id: "cart", on: { when: "cart_abandoned", minutes: 1 }, then: [{ do: "webhook", name: "mail" }] },
  ],
};

/** What somebody does, and what has to come of it. */
const personOf = (i: number) => ({ id: `m-${i}`, hasOrdered: i % 4 === 1, mayBeTold: i % 4 !== 2 });

async function eachOf<T>(list: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = [...list];
  const worker = async () => {
    for (let one = left.pop(); one !== undefined; one = left.pop()) await work(one);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
}

/** Tried again while the server is away. */
async function patient<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++)
    try {
      return await work();
    } catch (error) {
      if (tries >= 60) throw error;
      await pause(250);
    }
}

const sendAll = (url: string, shop: Shop, momentOf: (i: number) => number): Promise<void> =>
  eachOf([...Array(people).keys()], async (i) => {
    const { id, hasOrdered, mayBeTold } = personOf(i);
    const at = momentOf(i);
    const [item] = shop.items;
    const order = { type: "order_completed", orderId: `o-${i}`, lines: [{ item, quantity: 1 }] };
    const events = [
      { type: "product_viewed", item, at: at - HOUR },
      { type: "product_added", item, quantity: 1, at: at - MINUTE },
      ...(hasOrdered ? [{ ...order, at: at - MINUTE + 10 }] : []),
    ].map((event, n) => ({ id: `moment-${i}-${n}`, ...event }));
    const consent = { personalization: true, analytics: true, ...(mayBeTold ? { marketing: true } : {}) };
    await patient(() =>
      call(`${url}/v1/events`, { key: shop.keys.serverKey, body: { customerId: id, consent, events } }),
    );
  });

type Stored = { data: { log: { notices: { type: string; at: number; id: string }[] }[] } };

async function main(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "concierge-moments-"));
  const assetsDir = join(dir, "assets");
  mkdirSync(assetsDir, { recursive: true });
  const secrets = localSecrets(dir);
  const configPath = await bundleInto(join(dir, "bundle"), undefined, {
    BUDGET_FACTOR: "1000",
    ALLOW_HEADLESS: "1",
  });
  const place = { dataDir: join(dir, "objects"), configPath, assetsDir, secrets, isLoud: false };
  const server = await Server.start(place);
  try {
    const shop = await openShop(server.url, secrets.OPERATOR_KEY);
    await call(`${server.url}/v1/config`, {
      method: "PUT",
      key: shop.keys.adminKey,
      headers: { "if-match": '"2"' },
      body: CONFIG,
    });
    await pause(1_000);
    // Long enough ahead that everybody is told of before the first moment comes.
    const start = Date.now() + 5_000 + people * 22;
    const momentOf = (i: number) => Math.floor(start + (i * seconds * 1000) / people);
    await sendAll(server.url, shop, momentOf);
    console.log(
      `${people} people were told of, ${Math.round((start - Date.now()) / 1000)} s before the first moment.`,
    );
    for (let kill = 0; kill < kills; kill++) {
      const at = start + ((kill + 0.5) * seconds * 1000) / kills;
      await pause(Math.max(0, at - Date.now()));
      await server.kill();
    }
    await pause(Math.max(0, start + seconds * 1000 + 20_000 - Date.now()));
    report(await gather(server.url, shop, momentOf));
  } finally {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

type Found = { readonly leftMs: number[]; readonly firedMs: number[]; readonly defects: string[] };

async function gather(url: string, shop: Shop, momentOf: (i: number) => number): Promise<Found> {
  const found: Found = { leftMs: [], firedMs: [], defects: [] };
  await eachOf([...Array(people).keys()], async (i) => {
    const { id, hasOrdered, mayBeTold } = personOf(i);
    const all = await patient(() =>
      call<Stored>(`${url}/v1/customers/${id}/export`, { key: shop.keys.serverKey }),
    );
    const notices = all.data.log.flatMap((row) => row.notices);
    const left = notices.filter(({ type }) => type === "segment_left");
    const fired = notices.filter(({ type }) => type === "trigger_fired");
    const wanted = hasOrdered || !mayBeTold ? 0 : 1;
    if (left.length !== 1) found.defects.push(`${id} left ${left.length} times`);
    if (fired.length !== wanted) found.defects.push(`${id} fired ${fired.length} times instead of ${wanted}`);
    for (const { at } of left) found.leftMs.push(at - momentOf(i));
    for (const { at } of fired) found.firedMs.push(at - momentOf(i));
  });
  return found;
}

const quantile = (list: readonly number[], q: number): number | null =>
  [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(q * list.length))] ?? null;

function report({ leftMs, firedMs, defects }: Found): void {
  const told = (list: readonly number[]) => ({
    count: list.length,
    p50: quantile(list, 0.5),
    p99: quantile(list, 0.99),
    max: quantile(list, 1),
  });
  for (const defect of defects.slice(0, 20)) console.log(`DEFECT ${defect}`);
  console.log(
    JSON.stringify({
      people,
      seconds,
      kills,
      left: told(leftMs),
      fired: told(firedMs),
      defects: defects.length,
    }),
  );
  if (defects.length > 0) process.exitCode = 1;
}

await main();
