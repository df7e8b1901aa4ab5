import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Delta } from "../../../src/core/profile/delta.ts";
import { fold, purposesFor } from "../../../src/core/profile/fold.ts";
import { decodeProfile, encodeProfile, newProfile } from "../../../src/core/profile/profile.ts";
import { revenueOf } from "../../../src/core/profile/order.ts";
import { viewOf } from "../../../src/core/profile/view.ts";
import { DAY, given, happened, NOW, ORIGIN } from "./events.ts";

const euros = (minor: number) => ({ minor, currency: "EUR" });
const sum = (deltas: readonly Delta[], family: string, metric: string) =>
  deltas
    .filter((one) => one.family === family && one.metric === metric)
    .reduce((total, one) => total + one.by, 0);

describe("cart", () => {
  test("adds, removes and whole carts, the later whole cart winning over earlier acts", () => {
    const { profile } = given(
      happened("product_added", { item: "a", quantity: 2, at: NOW - 5 }),
      happened("product_added", { item: "b", quantity: 1, at: NOW - 4 }),
      happened("product_removed", { item: "a", quantity: 1, at: NOW - 3 }),
    );
    expect([...profile.cart].map(([item, line]) => [item, line.quantity])).toEqual([
      ["a", 1],
      ["b", 1],
    ]);
    const whole = happened("cart_updated", { lines: [{ item: "c", quantity: 3 }], at: NOW });
    expect([
      ...given(whole, happened("product_added", { item: "z", quantity: 1, at: NOW - 1 })).profile.cart.keys(),
    ]).toEqual(["c"]);
  });

  test("an order takes its items out of the cart", () => {
    const { profile } = given(
      happened("product_added", { item: "a", quantity: 1 }),
      happened("order_completed", { orderId: "o", lines: [{ item: "a", quantity: 1 }] }),
    );
    expect(profile.cart.size).toBe(0);
    expect(profile.owned.has("a")).toBe(true);
  });
});

describe("orders", () => {
  test.each([
    [{ revenue: euros(900), total: euros(1200) }, 900],
    [{ total: euros(12_000), shipping: euros(500), tax: euros(2000) }, 9500],
    [{ discount: euros(100) }, 1100],
    [{}, 1200],
    [{ total: euros(100), shipping: euros(500) }, 0],
  ])("%j earned %d", (fields, minor) => {
    const order = happened("order_completed", {
      orderId: "o",
      lines: [
        { item: "a", quantity: 2, price: euros(500) },
        { item: "b", quantity: 1, price: euros(200) },
      ],
      ...fields,
    });
    expect(revenueOf(order as never).minor).toBe(minor);
  });

  test("an order id counts once, through whichever channel and however often", () => {
    const order = (id: string) =>
      happened("order_completed", { orderId: id, revenue: euros(1000), lines: [{ item: "a", quantity: 1 }] });
    const { deltas, facts } = given(order("o"), order("o"), order("p"));
    expect([
      sum(deltas, "daily", "orders"),
      sum(deltas, "daily", "revenue"),
      facts.filter((fact) => fact.kind === "buy").length,
    ]).toEqual([2, 2000, 2]);
  });

  test("refunds never take back more than was earned; returned is not owned", () => {
    const order = happened("order_completed", {
      orderId: "o",
      revenue: euros(1000),
      lines: [
        { item: "a", quantity: 1 },
        { item: "b", quantity: 1 },
      ],
    });
    const { profile, deltas } = given(
      order,
      happened("order_refunded", { orderId: "o", amount: euros(600), lines: [{ item: "a", quantity: 1 }] }),
      happened("order_refunded", { orderId: "o", amount: euros(600) }),
      happened("order_refunded", { orderId: "never", amount: euros(600) }),
    );
    expect(sum(deltas, "daily", "refunded")).toBe(1000);
    expect([...profile.owned.keys()]).toEqual([]);
    const partly = given(
      order,
      happened("order_refunded", { orderId: "o", lines: [{ item: "a", quantity: 1 }] }),
    );
    expect([sum(partly.deltas, "daily", "refunded"), [...partly.profile.owned.keys()]]).toEqual([500, ["b"]]);
  });
});

describe("experiments", () => {
  const seen = (at: number, variation = "b") =>
    happened("slot_seen", {
      at,
      claim: {
        site: "s",
        subject: "x",
        expiresAt: NOW + DAY,
        decisionId: "d",
        slot: "slot",
        revision: 1,
        picks: [["a", 1]],
        assignments: [["exp", variation, 10 * DAY]],
      },
    });
  const order = (id: string, at: number, minor: number) =>
    happened("order_completed", {
      orderId: id,
      at,
      revenue: euros(minor),
      lines: [{ item: "a", quantity: 1 }],
    });

  test("moments equal a recount over users, whatever orders and refunds come", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            minor: fc.integer({ min: 0, max: 100_000 }),
            day: fc.integer({ min: -2, max: 12 }),
            refund: fc.option(fc.integer({ min: 1, max: 120_000 })),
          }),
          { maxLength: 12 },
        ),
        (orders) => {
          const from = NOW - 20 * DAY;
          const { deltas } = given(
            seen(from),
            ...orders.flatMap(({ minor, day, refund }, i) => [
              order(`o${i}`, from + day * DAY, minor),
              ...(refund === null
                ? []
                : [happened("order_refunded", { orderId: `o${i}`, amount: euros(refund) })]),
            ]),
          );
          const counted = orders.filter(({ day }) => day >= 0 && day <= 10);
          const revenue = counted.reduce(
            (total, { minor, refund }) => total + minor - Math.min(minor, refund ?? 0),
            0,
          );
          expect(sum(deltas, "experiment", "users")).toBe(1);
          expect(sum(deltas, "experiment", "orders")).toBe(counted.length);
          expect(sum(deltas, "experiment", "converters")).toBe(counted.length > 0 ? 1 : 0);
          expect(sum(deltas, "experiment", "revenueSum")).toBe(revenue);
          expect(sum(deltas, "experiment", "revenueSumSquares")).toBe(revenue ** 2);
        },
      ),
    );
  });

  test("the variation of the first exposure stays", () => {
    const { deltas, profile } = given(seen(NOW - 2, "a"), seen(NOW - 1, "b"), order("o", NOW, 100));
    expect(profile.tallies.get("exp")?.variation).toBe("a");
    expect(new Set(deltas.filter((one) => one.family === "experiment").map((one) => one.part))).toEqual(
      new Set(["a"]),
    );
  });
});

describe("consent", () => {
  test("analytics alone teaches the model and remembers nothing; personalization alone the reverse", () => {
    const only = (consent: object) => {
      const profile = newProfile("label", NOW);
      const effects = { facts: [], deltas: [] };
      fold(
        profile,
        happened("consent_updated", { consent: consent as Record<string, unknown> }),
        ORIGIN,
        effects,
      );
      fold(profile, happened("product_viewed", { item: "a" }), ORIGIN, effects);
      return [profile.recent.length, effects.facts.length];
    };
    expect(only({ analytics: true })).toEqual([0, 1]);
    expect(only({ personalization: true })).toEqual([1, 0]);
    expect(only({ personalization: "yes", analytics: 1 })).toEqual([0, 0]);
  });

  test("behaviour needs a purpose; a server's order stands on the transaction itself", () => {
    const order = happened("order_completed", { orderId: "o", lines: [] });
    expect(purposesFor(order, "server")).toEqual([]);
    expect(purposesFor(order, "snippet")).toEqual(["personalization", "analytics"]);
    expect(purposesFor(happened("page_viewed", {}), "server")).toEqual(["personalization", "analytics"]);
  });

  test("without personalization there is no view at all", () => {
    const { profile } = given(happened("product_viewed", { item: "a" }));
    expect(viewOf(profile, NOW)?.recent).toHaveLength(1);
    expect(viewOf(profile, NOW + 1000 * DAY)).toBeUndefined();
  });
});

describe("profile", () => {
  test("events in any order leave the same recent touches and traits", () => {
    const events = [
      ...["a", "b", "c", "a"].map((item, i) =>
        happened("product_viewed", { item, at: NOW - 1000 * (4 - i) }),
      ),
      happened("traits_updated", { traits: { plan: "gold" }, at: NOW - 10 }),
      happened("traits_updated", { traits: { plan: "silver" }, at: NOW - 20 }),
    ];
    const summary = (list: readonly (typeof events)[number][]) => {
      const { profile } = given(...list);
      return JSON.stringify([profile.recent, [...profile.traits]]);
    };
    const right = summary(events);
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (shuffled) => {
        expect(summary(shuffled)).toBe(right);
      }),
    );
  });

  test("survives its own text exactly", () => {
    const { profile } = given(
      happened("product_added", { item: "__lookalike", quantity: 1 }),
      happened("order_completed", { orderId: "o", revenue: euros(5), lines: [{ item: "x", quantity: 1 }] }),
    );
    expect(decodeProfile(encodeProfile(profile))).toEqual(profile);
  });

  test("stays bounded under 3,000 events of everything", () => {
    const events = Array.from({ length: 1000 }, (_, i) => [
      happened("product_viewed", { item: `v${i}` }),
      happened("product_added", { item: `c${i}`, quantity: 1 }),
      happened("feedback_given", { item: `f${i}`, feedback: "not_this" }),
    ]).flat();
    const { profile } = given(...events);
    expect(encodeProfile(profile).length).toBeLessThan(32 * 1024);
    expect(profile.recent.at(-1)?.item).toBe("c999");
  });
});
