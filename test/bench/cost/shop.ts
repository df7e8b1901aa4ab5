import { call, type SiteKeys } from "../../../src/cli/call.ts";
import { demoCatalog } from "../../../src/cli/demo-data/catalog.ts";
import { DEMO_CONFIG } from "../../../src/cli/demo-data/demo-config.ts";
import { simulateShoppers } from "../../../src/cli/demo-data/shoppers.ts";
import { DAY_MS } from "../../../src/core/primitives/time.ts";
import { withHands } from "../../support/http.ts";

export type Shop = SiteKeys & { readonly url: string; readonly products: readonly string[] };

const PAST_DAYS = 30;

/** A shop with the demo's catalog, rules, segments and running experiment; `shoppers` have been there before. */
export async function openShop(
  url: string,
  operatorKey: string,
  origin: string,
  shoppers: number,
): Promise<Shop> {
  const keys = await call<SiteKeys>(`${url}/v1/sites`, { key: operatorKey, body: { origin } });
  const catalog = demoCatalog();
  await call(`${url}/v1/catalog`, { method: "PUT", key: keys.serverKey, body: catalog });
  await call(`${url}/v1/config`, {
    method: "PUT",
    key: keys.adminKey,
    headers: { "if-match": `"1"` },
    body: DEMO_CONFIG,
  });
  const until = Date.now();
  const past = simulateShoppers({ count: shoppers, from: until - PAST_DAYS * DAY_MS, until, seed: origin });
  await withHands(past, 8, async (body) => {
    await call(`${url}/v1/events`, { key: keys.serverKey, body });
  });
  return { ...keys, url, products: catalog.map((item) => item.id) };
}
