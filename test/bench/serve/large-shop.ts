import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { call, type SiteKeys } from "../../../src/cli/call.ts";
import { DEMO_CONFIG } from "../../../src/cli/demo-data/demo-config.ts";
import { progressBar } from "../../../src/cli/progress-bar.ts";
import type { DecideAnswer } from "../../../src/core/wire/decide.ts";
import { DAY_MS } from "../../../src/core/primitives/time.ts";
import { withHands } from "../../support/http.ts";
import { Crowd } from "../scale/crowd.ts";
import { CONSENT, SLOT, type Shop } from "./shop.ts";

export type LargeShop = Shop & { readonly adminKey: string; readonly siteId: string };
export type Size = { readonly items: number; readonly customers: number };

const ORIGIN = "https://bench.example";
const HANDS = 12;
/** A catalog body holds 25 MB; of these rows some 20,000 are 6 MB. */
const CATALOG_PAGE = 20_000;
const VISIT_ITEMS = 14;
const PAST_DAYS = 20;
/** Of so many pages that are asked about, whoever asks sees an answer of the model on most. */
const PAGES = 400;

/** Any item of a shop that sells everything; neighbours are of one type. */
function itemOf(n: number): object {
  const type = `Department ${n % 7} > Aisle ${Math.floor(n / 200)} > Shelf ${Math.floor(n / 20)}`;
  const cents = 500 + ((n * 7919) % 20_000);
  return {
    id: `item-${n}`,
    title: `Thing number ${n}, in colour ${n % 11}`,
    brand: `Brand ${n % 97}`,
    type,
    url: `${ORIGIN}/p/${n}`,
    image: `${ORIGIN}/p/${n}.jpg`,
    price: { minor: cents, currency: "EUR" },
    availability: "in_stock",
    attributes: { colour: String(n % 11) },
  };
}

/** Two visits of one customer: what they looked at, and for one in three visits an order of some of it. */
function past(crowd: Crowd, customer: string, until: number, index: number): object[] {
  const events: object[] = [];
  let at = until - PAST_DAYS * DAY_MS + ((index * 104_729) % (PAST_DAYS - 1)) * DAY_MS;
  for (let visit = 0; visit < 2; visit++) {
    const items = [...new Set(crowd.visit(VISIT_ITEMS))];
    for (const item of items)
      events.push({
        id: `${customer}-${events.length}`,
        type: "product_viewed",
        item,
        at: (at += 20_000),
      });
    if ((index + visit) % 3 === 0) {
      const lines = items.slice(0, 3).map((item) => ({
        item,
        quantity: 1,
        price: { minor: 1_000, currency: "EUR" },
      }));
      events.push({
        id: `${customer}-${events.length}`,
        type: "order_completed",
        orderId: `order-${customer}-${visit}`,
        total: { minor: 1_000 * lines.length, currency: "EUR" },
        lines,
        at: (at += 60_000),
      });
    }
    at += 3_600_000 * 30;
  }
  return events;
}

/**
 * A shop of very many items and customers with a past, made once and then kept beside its objects: making 10,000 customers
 * takes minutes. Returns what is asked about: some customers who only look, others to whom more happens.
 */
export async function openLargeShop(
  url: string,
  operatorKey: string,
  dir: string,
  size: Size,
  visitors: number,
): Promise<LargeShop> {
  const path = join(dir, "shop.json");
  if (existsSync(path)) return JSON.parse(readFileSync(path, "utf8")) as LargeShop;
  const keys = await call<SiteKeys>(`${url}/v1/sites`, { key: operatorKey, body: { origin: ORIGIN } });
  for (let from = 0; from < size.items; from += CATALOG_PAGE)
    await call(`${url}/v1/catalog`, {
      method: "PUT",
      key: keys.serverKey,
      type: "application/x-ndjson",
      body: Array.from({ length: Math.min(CATALOG_PAGE, size.items - from) }, (_, i) =>
        JSON.stringify(itemOf(from + i)),
      ).join("\n"),
    });
  await call(`${url}/v1/config`, {
    method: "PUT",
    key: keys.adminKey,
    headers: { "if-match": `"1"` },
    body: { ...DEMO_CONFIG, rules: [], holdout: { share: 0 } },
  });
  const crowd = new Crowd(size.items, "the bench's crowd");
  const until = Date.now();
  const customers = Array.from({ length: size.customers }, (_, i) => `bench-visitor-${i}`);
  const base = {
    origin: ORIGIN,
    writeKey: keys.writeKey,
    adminKey: keys.adminKey,
    siteId: keys.siteId,
    readers: Array.from({ length: visitors }, (_, i) => `bench-visitor-${i}`),
    writers: Array.from({ length: visitors }, (_, i) => `bench-visitor-${visitors + i}`),
  };
  const pages = [...new Set(Array.from({ length: 3 * PAGES }, () => crowd.visit(1)[0]!))].slice(0, PAGES);
  if (customers.length === 0) return { ...base, products: pages };
  const bar = progressBar("Customers", customers.length);
  await withHands(customers, HANDS, async (visitorId, index) => {
    const events = past(crowd, visitorId, until, index);
    await call(`${url}/v1/events`, { key: keys.serverKey, body: { visitorId, consent: CONSENT, events } });
    bar.step();
  });
  bar.end();
  await learned(url, keys.adminKey);
  const shop = { ...base, products: await answered(url, base, pages) };
  writeFileSync(path, JSON.stringify(shop));
  return shop;
}

/** Waits until everything that happened has reached the model, and the model the page. */
async function learned(url: string, adminKey: string): Promise<void> {
  let last = -1;
  for (let same = 0; same < 3;) {
    await new Promise((resolve) => setTimeout(resolve, 3_500));
    const { model } = await call<{ model: { learnedVersion?: number; servedVersion: number } }>(
      `${url}/v1/site`,
      { key: adminKey },
    );
    same = model.servedVersion === model.learnedVersion && model.learnedVersion === last ? same + 1 : 0;
    last = model.learnedVersion ?? -1;
  }
}

/** Products on whose page a shopper is shown something. */
async function answered(
  url: string,
  shop: Omit<LargeShop, "products">,
  ids: readonly string[],
): Promise<string[]> {
  const products: string[] = [];
  await withHands(ids, HANDS, async (item) => {
    const { slots } = await call<DecideAnswer>(`${url}/v1/decide`, {
      headers: { origin: shop.origin },
      body: {
        key: shop.writeKey,
        visitorId: shop.readers[0],
        consent: CONSENT,
        page: { type: "product", item },
        slots: [{ id: SLOT }],
      },
    });
    if ((slots[0]?.items.length ?? 0) >= 2) products.push(item);
  });
  if (products.length < 20) throw new Error(`Only ${products.length} products have complements.`);
  return products;
}
