import type { ConfigDocument } from "../../core/config/config.ts";
import { DAY_MS, type EpochMs } from "../../core/primitives/time.ts";
import { seededRng } from "../../core/primitives/rng.ts";
import { call, type SiteKeys } from "../call.ts";
import { progressBar } from "../progress-bar.ts";
import { demoCatalog } from "./catalog.ts";
import { DEMO_CONFIG } from "./demo-config.ts";
import { simulateShoppers } from "./shoppers.ts";

/** Simulated shoppers with a past, and those who then come by while the experiment runs. */
const SHOPPERS = 2_400;
const EXPERIMENT_SHOPPERS = 500;
/** How long ago the first of them came. */
export const PAST_DAYS = 60;
const HANDS = 12;
const CONSENT = { analytics: true, personalization: true };

/** What a test wants otherwise than the demo: fewer people, always the same ones, in silence. */
export type Seeding = {
  readonly shoppers?: number;
  readonly experimentShoppers?: number;
  /** Same seed, same shoppers. Default: the site's id. */
  readonly seed?: string;
  /** The last moment of the shoppers' past. Default: now. */
  readonly until?: EpochMs;
  readonly config?: ConfigDocument;
  readonly quiet?: boolean;
};

async function inParallel<T>(items: Iterable<T>, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items[Symbol.iterator]();
  const hand = async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: HANDS }, hand));
}

/** Fills a fresh site with the demo shop: catalog, config, and behaviour, all through the public HTTP API. */
export async function seedDemo(
  url: string,
  keys: SiteKeys,
  {
    shoppers = SHOPPERS,
    experimentShoppers = EXPERIMENT_SHOPPERS,
    seed = keys.siteId,
    until = Date.now(),
    config = DEMO_CONFIG,
    quiet = false,
  }: Seeding = {},
): Promise<void> {
  const catalog = demoCatalog();
  await call(`${url}/v1/catalog?mode=replace&confirm=true`, {
    method: "PUT",
    key: keys.serverKey,
    type: "application/json",
    body: catalog,
  });
  const current = await fetch(`${url}/v1/config`, { headers: { authorization: `Bearer ${keys.adminKey}` } });
  await call(`${url}/v1/config?message=The%20demo%20shop.`, {
    method: "PUT",
    key: keys.adminKey,
    headers: { "if-match": current.headers.get("etag") ?? "" },
    body: config,
  });

  const bar = quiet ? undefined : progressBar("Simulated shoppers visit", shoppers + experimentShoppers);
  const batches = simulateShoppers({ count: shoppers, from: until - PAST_DAYS * DAY_MS, until, seed });
  await inParallel(batches, async (batch) => {
    await call(`${url}/v1/events`, { key: keys.serverKey, body: batch });
    bar?.step();
  });
  const shown = catalog
    .filter((item) => item.availability === "in_stock" && item.group === undefined)
    .map((item) => item.id);
  await inParallel(
    Array.from({ length: experimentShoppers }, (_, i) => `sim-${seed}-x${i}`),
    async (visitorId) => {
      await walkThrough(url, keys, visitorId, shown);
      bar?.step();
    },
  );
  bar?.end();
}

type Answer = {
  slots: { token?: string; items: { id: string; price?: { minor: number; currency: string } }[] }[];
};

/** One simulated shopper looks at a product, sees its slots, may click a pick, and may buy. */
async function walkThrough(
  url: string,
  keys: SiteKeys,
  visitorId: string,
  shown: readonly string[],
): Promise<void> {
  const rng = seededRng(visitorId);
  const item = shown[Math.floor(rng() * shown.length)]!;
  const who = { visitorId, consent: CONSENT };
  const answer = await call<Answer>(`${url}/v1/decide`, {
    key: keys.serverKey,
    body: {
      ...who,
      page: { type: "product", item },
      slots: [{ id: "product-goes-with" }],
      events: [{ id: `${visitorId}-v`, type: "product_viewed", item }],
    },
  });
  const slot = answer.slots[0]!;
  const events: object[] = [];
  if (slot.token !== undefined) events.push({ id: `${visitorId}-s`, type: "slot_seen", token: slot.token });
  const pick = slot.items[Math.floor(rng() * rng() * slot.items.length)];
  const takesPick = pick !== undefined && slot.token !== undefined && rng() < 0.25;
  if (takesPick)
    events.push({ id: `${visitorId}-c`, type: "slot_clicked", token: slot.token, item: pick.id });
  if (rng() < (takesPick ? 0.35 : 0.12)) {
    const catalog = new Map(demoCatalog().map((one) => [one.id, one]));
    const lines = [item, ...(takesPick ? [pick.id] : [])].map((id) => ({
      item: id,
      quantity: 1,
      price: catalog.get(id)?.salePrice ?? catalog.get(id)?.price,
    }));
    events.push({ id: `${visitorId}-o`, type: "order_completed", orderId: `${visitorId}-order`, lines });
  }
  if (events.length > 0) await call(`${url}/v1/events`, { key: keys.serverKey, body: { ...who, events } });
}
