import fc from "fast-check";
import { expect, test } from "vitest";
import { contributions } from "../../../src/core/customer/contributions.ts";
import type { ResolvedEvent } from "../../../src/core/event/resolved.ts";
import { DAY, happened, NOW, Shop, type Person } from "./shop.ts";

const euros = (minor: number) => ({ minor, currency: "EUR" });
const SHOP_SAYS = { source: "server", isTrusted: true };

/** What a visitor did before they were known, and what the customer did elsewhere; no two things at one moment. */
const THEIRS: readonly ResolvedEvent[] = [
  happened("product_viewed", { item: "a", at: NOW - 90 }),
  happened("product_added", { item: "a", quantity: 2, at: NOW - 80 }),
  happened("traits_updated", { traits: { size: "L" }, at: NOW - 70 }),
  happened("order_completed", {
    orderId: "both",
    revenue: euros(1003),
    lines: [{ item: "b", quantity: 1 }],
    at: NOW - 60,
  }),
  happened("order_completed", {
    orderId: "own",
    revenue: euros(70),
    lines: [{ item: "c", quantity: 1 }],
    at: NOW - 50,
  }),
  happened("slot_seen", { claim: exposure("v", "bold"), at: NOW - 65 }),
];
const OURS: readonly ResolvedEvent[] = [
  happened("product_viewed", { item: "x", at: NOW - 85 }),
  happened("traits_updated", { traits: { size: "M", city: "Oslo" }, at: NOW - 75 }),
  happened("product_removed", { item: "a", quantity: 1, at: NOW - 45 }),
  happened("feedback_given", { item: "c", feedback: "gift", at: NOW - 40 }),
  happened("slot_seen", { claim: exposure("c", "control"), at: NOW - 55 }),
];
const TOLD: readonly ResolvedEvent[] = [
  happened("order_completed", {
    orderId: "both",
    revenue: euros(1000),
    lines: [{ item: "b", quantity: 1 }],
    at: NOW - 58,
  }),
  happened("order_refunded", { orderId: "both", amount: euros(100), at: NOW - 30 }),
];

const FIRST = [happened("page_viewed", { at: NOW - 99 })];

function exposure(subject: string, variation: string) {
  const assignments = [["exp", variation, DAY]];
  return {
    site: "s",
    subject,
    expiresAt: NOW + DAY,
    decisionId: subject,
    slot: "s",
    revision: 1,
    picks: [],
    assignments,
  };
}

type Act =
  | { readonly who: "v" | "c"; readonly event: ResolvedEvent; readonly isTold?: boolean }
  | "hand over";
const ACTS: readonly Act[] = [
  ...THEIRS.map((event) => ({ who: "v" as const, event })),
  ...OURS.map((event) => ({ who: "c" as const, event })),
  ...TOLD.map((event) => ({ who: "c" as const, event, isTold: true })),
  "hand over",
  "hand over",
  "hand over",
];

function play(acts: readonly Act[]) {
  const shop = new Shop();
  const [visitor, known] = [shop.person("v"), shop.person("c")];
  // Both have given their own word on consent: what only one of them granted would go with them.
  known.tell(FIRST);
  for (const act of acts) {
    if (act === "hand over") visitor.mergeInto(known);
    else shop.person(act.who).tell([act.event], act.isTold ? SHOP_SAYS : {});
  }
  visitor.mergeInto(known);
  return { shop, visitor, known };
}

const told = ({ customer }: Person) => ({
  profile: customer!.profile,
  orders: [...customer!.orders]
    .map(([id, { key, page, shop, undone }]) => ({ id, key, page, shop, undone }))
    .sort((a, b) => (a.id < b.id ? -1 : 1)),
});
const sum = (...people: readonly Person[]) => {
  const numbers = new Map<string, number>();
  for (const { customer, log } of people)
    for (const { by, ...number } of contributions(customer!, log)) {
      const name = JSON.stringify(Object.values(number));
      numbers.set(name, (numbers.get(name) ?? 0) + by);
    }
  return [...numbers].filter(([, value]) => value !== 0).sort();
};

const acts = fc.shuffledSubarray([...ACTS], { minLength: ACTS.length });

test("events to visitor and customer in any order, hand-overs anywhere between, give the same customer and the same numbers", () => {
  const right = play(ACTS);
  expect(right.shop.told("daily", "revenue")).toBe(1070);
  expect(right.shop.told("experiment", "users")).toBe(1);
  fc.assert(
    fc.property(acts, (shuffled) => {
      const { shop, known } = play(shuffled);
      expect(told(known)).toEqual(told(right.known));
      expect([...shop.numbers].sort()).toEqual([...right.shop.numbers].sort());
    }),
    { numRuns: 300 },
  );
});

test("after an undone merge each reports what is theirs, as if they had never met", () => {
  const alone = new Shop();
  alone.person("c").tell(FIRST);
  for (const act of ACTS)
    if (act !== "hand over") alone.person(act.who).tell([act.event], act.isTold ? SHOP_SAYS : {});
  fc.assert(
    fc.property(acts, (shuffled) => {
      const { shop, visitor, known } = play(shuffled);
      known.part(visitor);
      expect([...shop.numbers].sort()).toEqual([...alone.numbers].sort());
      for (const [one, other] of [
        [visitor, alone.person("v")],
        [known, alone.person("c")],
      ] as const) {
        expect(told(one)).toEqual(told(other));
        expect(sum(one)).toEqual(sum(other));
      }
    }),
    { numRuns: 300 },
  );
});
