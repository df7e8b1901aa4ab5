import { call, type SiteKeys } from "../../src/cli/call.ts";
import { demoCatalog } from "../../src/cli/demo-data/catalog.ts";
import { DEMO_CONFIG } from "../../src/cli/demo-data/demo-config.ts";
import { simulateShoppers } from "../../src/cli/demo-data/shoppers.ts";
import { DAY_MS } from "../../src/core/primitives/time.ts";
import { withHands } from "../support/http.ts";
import type { Asking } from "./line.ts";
import type { Place } from "./place.ts";

export const CONSENT = { personalization: true, analytics: true };
/** A browser as people have one. */
export const BROWSER =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
const SLOT = "product-goes-with";
const SHOPPERS = 200;
const PAST_DAYS = 30;
const HANDS = 8;

export type Shop = {
  readonly origin: string;
  readonly keys: SiteKeys;
  readonly items: readonly string[];
  /** Visitors with a past. */
  readonly visitors: readonly string[];
};

/** Makes a site with the demo's catalog and config and a month of shoppers. */
export async function openShop({ url, secrets }: Place, name: string, count = SHOPPERS): Promise<Shop> {
  const origin = `https://${name}.example`;
  const keys = await call<SiteKeys>(`${url}/v1/sites`, { key: secrets.OPERATOR_KEY, body: { origin } });
  const catalog = demoCatalog();
  await call(`${url}/v1/catalog`, { method: "PUT", key: keys.serverKey, body: catalog });
  await call(`${url}/v1/config`, {
    method: "PUT",
    key: keys.adminKey,
    headers: { "if-match": `"1"` },
    body: { ...DEMO_CONFIG, holdout: { share: 0 } },
  });
  const until = Date.now();
  const past = [...simulateShoppers({ count, from: until - PAST_DAYS * DAY_MS, until, seed: name })];
  await withHands(past, HANDS, async (body) => {
    await call(`${url}/v1/events`, { key: keys.serverKey, body });
  });
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  return {
    origin,
    keys,
    items: catalog.map(({ id }) => id),
    visitors: past.map(({ visitorId }) => visitorId),
  };
}

type From = { readonly ip: string; readonly key?: string };

/** What every request of a page states. */
const headersOf = ({ origin }: Shop, ip: string): Record<string, string> => ({
  origin,
  "content-type": "text/plain",
  "user-agent": BROWSER,
  "cf-connecting-ip": ip,
});

/** A page asks what to show. */
export function decideAsking(
  shop: Shop,
  visitorId: string,
  item: string,
  { ip, key = shop.keys.writeKey }: From,
  kind = "decide",
): Asking {
  const page = { type: "product", item };
  const body = { key, visitorId, consent: CONSENT, page, slots: [{ id: SLOT }] };
  return { kind, path: "/v1/decide", headers: headersOf(shop, ip), body: JSON.stringify(body) };
}

/** A page tells what was looked at. `mark` keeps ids of different senders apart. */
export function eventAsking(
  shop: Shop,
  visitorId: string,
  mark: string,
  { ip, key = shop.keys.writeKey }: From,
  kind = "event",
): Asking {
  const events = [{ type: "product_viewed", id: `${mark}-{{n}}`, item: shop.items[0] }];
  const body = { key, visitorId, consent: CONSENT, events };
  return { kind, path: "/v1/events", headers: headersOf(shop, ip), body: JSON.stringify(body) };
}

/** The shop's server tells an event of a known customer. */
export function serverAsking(shop: Shop, customerId: string, mark: string, kind: string): Asking {
  const events = [{ type: "product_viewed", id: `${mark}-{{n}}`, item: shop.items[0] }];
  return {
    kind,
    path: "/v1/events",
    headers: { authorization: `Bearer ${shop.keys.serverKey}`, "content-type": "application/json" },
    body: JSON.stringify({ customerId, consent: CONSENT, events }),
  };
}
