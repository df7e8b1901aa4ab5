import { DAY_MS, HOUR_MS, MINUTE_MS, type EpochMs } from "../../../src/core/primitives/time.ts";
import type { Happening } from "../../../src/core/trigger/happening.ts";
import { happening, moment, type Standing, type Turn } from "./living.ts";

/** A kind of trigger, and the turns that give it an occasion. */
export type KindCase = {
  readonly on: { readonly when: string } & Readonly<Record<string, unknown>>;
  /** The turns of the n-th occasion; each is another one. */
  readonly occasion: (n: number) => readonly Turn[];
  /** When the n-th fires, if nothing puts it off. */
  readonly firesAt: (n: number) => EpochMs;
  readonly standing?: Standing;
  /** What makes the first occasion one no longer. Absent: nothing does. */
  readonly undoes?: Turn["sets"];
  readonly undoesBy?: Turn["brings"];
  /** Comes once in a life. */
  readonly isUnique?: boolean;
};

const START = moment("2027-01-13T12:00:00Z");
const at = (n: number): EpochMs => START + n * 3 * DAY_MS;
const tea = { item: { id: "green", type: "Tea > Green" } };
const bring = (...happenings: Happening[]): Turn => ({
  at: Math.max(...happenings.map((one) => one.at)),
  brings: { happenings },
});
const bought = (n: number): Happening => happening("bought", `order-${n}|green`, at(n), tea);
const cart = (n: number) => ({ at: at(n), isEmpty: false });
const shelf = (kind: "price_drop" | "back_in_stock") => ({
  occasion: (n: number): Turn[] => [
    {
      at: at(n),
      brings: { shelf: [{ kind, item: "green", share: kind === "price_drop" ? 0.2 : 0, version: 7 + n }] },
    },
  ],
  firesAt: at,
  standing: {
    interestIn: () => ({ viewed: START - DAY_MS }),
    onShelf: () => ({ isAvailable: true, priceMinor: 800 }),
  },
});
const due = (n: number) => ({ item: "green", boughtAt: at(n) - 30 * DAY_MS, dueAt: at(n) + 2 * DAY_MS });
const current = (n: number) => ({
  kind: "move",
  isDeclared: true,
  confidence: 1,
  since: at(n),
  until: at(n) + 90 * DAY_MS,
});

export const KINDS: readonly KindCase[] = [
  {
    on: { when: "event", event: "product_viewed", where: { "item.type": { $regex: "^Tea" } } },
    occasion: (n) => [bring(happening("product_viewed", `view-${n}`, at(n), tea))],
    firesAt: at,
  },
  {
    on: {
      when: "sequence",
      steps: [{ event: "products_searched" }, { event: "product_added" }],
      withinMinutes: 60,
    },
    occasion: (n) => [
      bring(happening("products_searched", `search-${n}`, at(n) - 30 * MINUTE_MS)),
      bring(happening("product_added", `add-${n}`, at(n))),
    ],
    firesAt: at,
  },
  {
    on: {
      when: "absence",
      after: { event: "checkout_started" },
      without: { event: "ordered" },
      minutes: 60,
    },
    occasion: (n) => [bring(happening("checkout_started", `checkout-${n}`, at(n)))],
    firesAt: (n) => at(n) + HOUR_MS,
    undoesBy: { happenings: [happening("ordered", "order", START + MINUTE_MS)] },
  },
  {
    on: { when: "cart_abandoned", minutes: 60 },
    occasion: (n) => [{ at: at(n), sets: { cart: cart(n) } }],
    firesAt: (n) => at(n) + HOUR_MS,
    undoes: { lastOrderAt: START + MINUTE_MS },
  },
  {
    on: { when: "price_drop", atLeast: 0.1 },
    ...shelf("price_drop"),
    undoes: { onShelf: () => ({ isAvailable: true, priceMinor: 900 }) },
  },
  {
    on: { when: "back_in_stock" },
    ...shelf("back_in_stock"),
    undoes: { onShelf: () => ({ isAvailable: false }) },
  },
  {
    on: { when: "replenishment_due", daysBefore: 2 },
    occasion: (n) => [{ at: at(n) - HOUR_MS, sets: { due: () => [due(n)] } }],
    firesAt: at,
    undoes: { due: () => [{ ...due(10), boughtAt: START }] },
  },
  {
    on: { when: "first_purchase_in", where: { type: { $regex: "^Tea" } } },
    occasion: (n) => [
      { ...bring(bought(n)), sets: { purchases: () => Array.from({ length: n + 1 }, (_, i) => bought(i)) } },
    ],
    firesAt: at,
    undoes: { purchases: () => [] },
    isUnique: true,
  },
  {
    on: { when: "anniversary", of: "first_order", daysBefore: 7 },
    occasion: (n) => [
      { at: moment("2026-06-01T08:00:00Z") + n, sets: { firstOrderAt: moment("2026-01-20T18:00:00Z") } },
    ],
    firesAt: (n) => moment(`${2027 + n}-01-13T00:00:00Z`),
    undoes: { firstOrderAt: undefined },
  },
  {
    on: { when: "segment_entered", segment: "vip" },
    occasion: (n) => [
      { at: at(n), sets: { segments: ["vip"] }, brings: { entered: [{ segment: "vip", at: at(n) }] } },
    ],
    firesAt: at,
    undoes: { segments: [] },
  },
  {
    on: { when: "segment_left", segment: "vip" },
    occasion: (n) => [
      { at: at(n), sets: { segments: [] }, brings: { left: [{ segment: "vip", at: at(n) }] } },
    ],
    firesAt: at,
    undoes: { segments: ["vip"] },
  },
  {
    on: { when: "life_event", kind: "move", confidence: 0.9 },
    occasion: (n) => [{ at: at(n), sets: { life: [current(n)] } }],
    firesAt: at,
    undoes: { life: [] },
  },
];
