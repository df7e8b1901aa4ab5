import { env } from "cloudflare:workers";
import { evictAllDurableObjects, evictDurableObject, runInDurableObject } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { ledgerShards, objectId } from "../../src/edge/names.ts";
import { readTallies } from "../../src/store/tally-store.ts";
import { openShop, send, type Shop } from "./shop.ts";

const CONFIG = {
  holdout: { share: 0 },
  experiments: [
    {
      id: "two-sides",
      variations: [
        { id: "a", weight: 0.5 },
        { id: "b", weight: 0.5 },
      ],
    },
  ],
};
const PEOPLE = 24;
const money = (minor: number) => ({ minor, currency: "EUR" });

/** One round of everybody's acts: looks, an order, for some a refund. Sent by the shop's own server. */
async function act(shop: Shop, round: number): Promise<void> {
  const person = async (n: number) => {
    const orderId = `order-${n}-${round}`;
    const events = [
      { id: `look-${n}-${round}`, type: "product_viewed", item: "kettle" },
      {
        id: `order-${n}-${round}`,
        type: "order_completed",
        orderId,
        total: money(1000 + n),
        lines: [{ item: "kettle", quantity: 1, price: money(1000 + n) }],
      },
      ...(n % 5 === round % 5
        ? [{ id: `refund-${n}-${round}`, type: "order_refunded", orderId, amount: money(100) }]
        : []),
    ];
    const { status, body } = await send("/v1/events", {
      key: shop.keys.serverKey,
      body: { customerId: `c-${n}`, consent: { analytics: true, personalization: true }, events },
    });
    expect(status, JSON.stringify(body)).toBe(200);
  };
  await Promise.all(Array.from({ length: PEOPLE }, (_, n) => person(n)));
}

const erase = (shop: Shop, n: number) =>
  send(`/v1/customers/c-${n}`, { method: "DELETE", key: shop.keys.serverKey });

/** All that adds up. */
async function numbers(shop: Shop): Promise<object> {
  await shop.settled();
  const { body: site } = await send("/v1/site", { key: shop.keys.adminKey });
  const { body: quality } = await send("/v1/quality", { key: shop.keys.adminKey });
  const { daily, slots, customers } = site;
  return { daily, slots, customers, orders: quality["orders"], channels: quality["channels"] };
}

async function shardTallies(shop: Shop): Promise<number[]> {
  const ids = await ledgerShards(env, shop.keys.siteId, 8);
  return Promise.all(
    ids.map((id) =>
      runInDurableObject(
        env.LEDGER.get(env.LEDGER.idFromString(id)),
        (_, state) => readTallies(state.storage, "daily").length,
      ),
    ),
  );
}

describe("a site whose sums are spread over eight objects while customers go on", () => {
  test("tells what one that never was tells, at every step", async () => {
    const [still, spread] = [await openShop(), await openShop()];
    for (const shop of [still, spread]) {
      expect((await shop.putConfig(CONFIG)).status).toBe(200);
      await act(shop, 0);
    }
    expect(await numbers(spread)).toEqual(await numbers(still));

    // While it is changed customers act: some of what they do is on its way, some comes by the old config and some by the new.
    const changing = act(spread, 1);
    expect((await spread.putConfig({ ...CONFIG, scale: { ledgerShards: 8 } })).status).toBe(200);
    await changing;
    await act(still, 1);
    expect(await numbers(spread)).toEqual(await numbers(still));

    for (const shop of [still, spread]) await act(shop, 2);
    expect(await numbers(spread)).toEqual(await numbers(still));
    expect((await shardTallies(spread)).filter((rows) => rows > 0).length).toBeGreaterThanOrEqual(5);
    expect(await shardTallies(still)).toEqual([0, 0, 0, 0, 0, 0, 0]);

    // Going back is harmless, and nobody forgets where sums lie, also after everybody slept.
    expect((await spread.putConfig(CONFIG)).status).toBe(200);
    await evictAllDurableObjects();
    for (const shop of [still, spread]) await act(shop, 3);
    expect(await numbers(spread)).toEqual(await numbers(still));
  });

  test("gives back what somebody contributed when they are erased, wherever it lies", async () => {
    const [still, spread] = [await openShop(), await openShop()];
    await spread.putConfig({ scale: { ledgerShards: 8 } });
    for (const shop of [still, spread]) {
      await act(shop, 0);
      // Some before what they did has left, some after.
      for (let n = 0; n < 6; n++) await erase(shop, n);
      await shop.settled();
      for (let n = 6; n < 12; n++) await erase(shop, n);
    }
    expect(await numbers(spread)).toEqual(await numbers(still));
    for (let n = 12; n < PEOPLE; n++) for (const shop of [still, spread]) await erase(shop, n);
    await Promise.all([still.settled(), spread.settled()]);
    const none = await numbers(spread);
    expect(none).toEqual(await numbers(still));
  });

  test("counts once what was delivered and not confirmed", async () => {
    const [still, spread] = [await openShop(), await openShop()];
    await spread.putConfig({ scale: { ledgerShards: 8 } });
    for (const shop of [still, spread]) {
      await act(shop, 0);
      await shop.settled();
      // Whoever sleeps before the cursor was stored sends the last rows again.
      for (let n = 0; n < PEOPLE; n++) {
        const id = await objectId(env, "customer", shop.keys.siteId, `c-${n}`);
        await evictDurableObject(env.CUSTOMER.get(id));
      }
      await act(shop, 1);
    }
    expect(await numbers(spread)).toEqual(await numbers(still));
  });
});
