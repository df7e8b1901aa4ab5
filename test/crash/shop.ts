import { call, type SiteKeys } from "../../src/cli/call.ts";
import type { IdentityKey } from "./identity.ts";

/** The shop that everybody visits. */
export type Shop = {
  readonly keys: SiteKeys;
  readonly items: readonly string[];
  readonly identityKey: IdentityKey;
};

const ITEMS = 200;
export const SLOTS = ["similar", "goes-with"] as const;

const CONFIG = {
  slots: Object.fromEntries(SLOTS.map((id) => [id, { strategies: ["same_type", "trending"], max: 3 }])),
  experiments: [
    { id: "how-many", slots: [...SLOTS], variations: [{ id: "control" }, { id: "two", max: 2 }] },
    {
      id: "half-in",
      coverage: 0.5,
      slots: ["similar"],
      variations: [{ id: "control" }, { id: "one", max: 1 }],
    },
  ],
  holdout: { share: 0.1 },
};

/** Spreads the site's sums over eight objects, in the middle of everything: again until it is done. */
export async function reshard(url: string, { keys }: Shop): Promise<void> {
  for (;;) {
    try {
      await call(`${url}/v1/config`, {
        method: "PUT",
        key: keys.adminKey,
        headers: { "if-match": '"2"' },
        body: { ...CONFIG, scale: { ledgerShards: 8 } },
      });
      return;
    } catch (error) {
      if (String(error).includes("412")) return; // Done, and the answer was lost.
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Makes a site with a catalog, two experiments and the permanent holdout, while nothing is killed yet. */
export async function openShop(url: string, operatorKey: string): Promise<Shop> {
  const keys = await call<SiteKeys>(`${url}/v1/sites`, {
    key: operatorKey,
    body: { origin: "https://crash.example" },
  });
  const items = Array.from({ length: ITEMS }, (_, i) => `item-${i}`);
  await call(`${url}/v1/catalog`, {
    method: "PUT",
    key: keys.serverKey,
    body: items.map((id, i) => ({
      id,
      title: `Item ${i}`,
      price: `${10 + (i % 40)}.00 EUR`,
      product_type: `Type ${i % 8}`,
      availability: "in_stock",
    })),
  });
  await call(`${url}/v1/config`, {
    method: "PUT",
    key: keys.adminKey,
    headers: { "if-match": '"1"' },
    body: CONFIG,
  });
  const identityKey = await call<IdentityKey>(`${url}/v1/identity-keys`, {
    key: keys.adminKey,
    body: { alg: "HS256" },
  });
  return { keys, items, identityKey };
}
