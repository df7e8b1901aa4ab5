import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { demoCatalog } from "../../../src/cli/demo-data/catalog.ts";
import { simulateShoppers } from "../../../src/cli/demo-data/shoppers.ts";
import { ShopEvent } from "../../../src/core/event/event.ts";
import { DAY_MS } from "../../../src/core/primitives/time.ts";
import { EVENTS_MAX } from "../../../src/core/wire/events.ts";

const until = Date.UTC(2026, 10, 22);
const simulation = { count: 600, from: until - 60 * DAY_MS, until, seed: "unit" };
const batches = [...simulateShoppers(simulation)];
const events = batches.flatMap((batch) => batch.events);

describe("simulated shoppers", () => {
  test("send events the wire accepts, in batches it accepts", () => {
    const refused = events.flatMap((event) => {
      const parsed = v.safeParse(ShopEvent, event);
      return parsed.success ? [] : [`${event.type}: ${parsed.issues[0].message}`];
    });
    expect(refused).toEqual([]);
    expect(Math.max(...batches.map((batch) => batch.events.length))).toBeLessThanOrEqual(EVENTS_MAX);
  });

  test("do about twelve things each", () => {
    expect(events.length / batches.length).toBeGreaterThan(9);
    expect(events.length / batches.length).toBeLessThan(15);
  });

  test("have ids of their own and say that they are simulated", () => {
    expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
    expect(new Set(batches.map((batch) => batch.visitorId)).size).toBe(batches.length);
    expect(batches.every((batch) => batch.visitorId.startsWith("sim-"))).toBe(true);
    expect(batches.every((batch) => batch.consent.analytics && batch.consent.personalization)).toBe(true);
  });

  test("act in order and within the time they were given", () => {
    for (const { events } of batches) {
      const moments = events.map((event) => event.at as number);
      expect(moments).toEqual(moments.toSorted((a, b) => a - b));
      expect(moments.every((at) => at >= simulation.from && at <= until)).toBe(true);
    }
  });

  test("look at and buy only what the shop sells", () => {
    const ids = new Set(demoCatalog().map((item) => item.id));
    const named = events.flatMap((event) => {
      if (event.type === "order_completed") return event.lines.map((line) => line.item);
      return event.type === "product_viewed" || event.type === "product_added" ? [event.item] : [];
    });
    expect(named.length).toBeGreaterThan(1_000);
    expect(named.filter((id) => typeof id !== "string" || !ids.has(id))).toEqual([]);
  });

  test("pay what their baskets cost", () => {
    for (const event of events) {
      if (event.type !== "order_completed") continue;
      const goods = event.lines.reduce((sum, line) => sum + line.price!.minor * (line.quantity ?? 1), 0);
      expect(event.total!.minor).toBe(goods + event.shipping!.minor);
      expect(event.revenue!.minor).toBe(event.total!.minor - event.shipping!.minor - event.tax!.minor);
    }
  });

  test("buy grill and charcoal together more often than chance has it", () => {
    const baskets = events.flatMap((event) =>
      event.type === "order_completed" ? [event.lines.map((line) => String(line.item).split("-")[0])] : [],
    );
    const share = (test: (basket: (string | undefined)[]) => boolean) =>
      baskets.filter(test).length / baskets.length;
    const both = share((basket) => basket.includes("grill") && basket.includes("charcoal"));
    const apart =
      share((basket) => basket.includes("grill")) * share((basket) => basket.includes("charcoal"));
    expect(both).toBeGreaterThan(apart * 3);
  });

  test("are the same for the same seed and others for another", () => {
    expect([...simulateShoppers({ ...simulation, count: 20 })]).toEqual(batches.slice(0, 20));
    expect([...simulateShoppers({ ...simulation, count: 1, seed: "other" })][0]?.events).not.toEqual(
      batches[0]?.events,
    );
  });
});
