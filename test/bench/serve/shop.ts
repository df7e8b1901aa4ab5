import { demoCatalog } from "../../../src/cli/demo-data/catalog.ts";
import { DEMO_CONFIG } from "../../../src/cli/demo-data/demo-config.ts";
import { simulateShoppers } from "../../../src/cli/demo-data/shoppers.ts";
import { call, type SiteKeys } from "../../../src/cli/call.ts";
import { DAY_MS } from "../../../src/core/primitives/time.ts";
import type { DecideAnswer } from "../../../src/core/wire/decide.ts";
import { withHands } from "../../support/http.ts";

const ORIGIN = "https://bench.example";
const SHOPPERS = 600;
const PAST_DAYS = 30;
const HANDS = 8;
/** The slot that is asked for: complements, from the demo's own config. */
export const SLOT = "product-goes-with";
export const CONSENT = { personalization: true, analytics: true };

export type Shop = {
  readonly origin: string;
  readonly writeKey: string;
  /** Shoppers with a past who are only asked about, and others to whom more happens. */
  readonly readers: readonly string[];
  readonly writers: readonly string[];
  /** Products whose page gets an answer from the model. */
  readonly products: readonly string[];
};

/** Makes a site with the demo's catalog and config, no holdout, and simulated shoppers; waits until it is learned. */
export async function openShop(url: string, operatorKey: string, visitors: number): Promise<Shop> {
  const keys = await call<SiteKeys>(`${url}/v1/sites`, { key: operatorKey, body: { origin: ORIGIN } });
  const catalog = demoCatalog();
  await call(`${url}/v1/catalog`, { method: "PUT", key: keys.serverKey, body: catalog });
  await call(`${url}/v1/config`, {
    method: "PUT",
    key: keys.adminKey,
    headers: { "if-match": `"1"` },
    body: { ...DEMO_CONFIG, holdout: { share: 0 } },
  });
  const until = Date.now();
  const past = [
    ...simulateShoppers({ count: SHOPPERS, from: until - PAST_DAYS * DAY_MS, until, seed: "bench" }),
  ];
  await withHands(past, HANDS, async (batch) => {
    await call(`${url}/v1/events`, { key: keys.serverKey, body: batch });
  });
  await learned(url, keys);
  const regulars = past.filter((batch) => batch.events.length >= 6).map((batch) => batch.visitorId);
  if (regulars.length < 2 * visitors)
    throw new Error(`Of ${past.length} shoppers ${regulars.length} have a past; ${2 * visitors} are needed.`);
  const shop = {
    origin: ORIGIN,
    writeKey: keys.writeKey,
    readers: regulars.slice(0, visitors),
    writers: regulars.slice(visitors, 2 * visitors),
  };
  return {
    ...shop,
    products: await answeredProducts(
      url,
      shop,
      catalog.map((item) => item.id),
    ),
  };
}

/** Waits until everything that happened has reached the model, and the model the page. */
async function learned(url: string, keys: SiteKeys): Promise<void> {
  let last = -1;
  for (let same = 0; same < 3;) {
    await new Promise((resolve) => setTimeout(resolve, 700));
    const { model } = await call<{ model: { learnedVersion: number; servedVersion: number } }>(
      `${url}/v1/site`,
      { key: keys.adminKey },
    );
    same = model.servedVersion === model.learnedVersion && model.learnedVersion === last ? same + 1 : 0;
    last = model.learnedVersion;
  }
}

/** Products on whose page a shopper is shown something; the bench asks about these. */
async function answeredProducts(
  url: string,
  shop: Omit<Shop, "products">,
  ids: readonly string[],
): Promise<string[]> {
  const answered: string[] = [];
  await withHands(ids, HANDS, async (item) => {
    const body = {
      key: shop.writeKey,
      visitorId: shop.readers[0],
      consent: CONSENT,
      page: { type: "product", item },
      slots: [{ id: SLOT }],
    };
    const { slots } = await call<DecideAnswer>(`${url}/v1/decide`, {
      headers: { origin: shop.origin },
      body,
    });
    if ((slots[0]?.items.length ?? 0) >= 2) answered.push(item);
  });
  if (answered.length < 20)
    throw new Error(
      `Only ${answered.length} products have complements; the bench would measure empty answers.`,
    );
  return answered;
}
