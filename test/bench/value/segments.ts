/**
 * What segments cost a customer: 200 of them, mixed from counts, sums, days, ratios, value, traits and each other, over
 * synthetic customers. `node test/bench/value/segments.ts [--customers 2000]`; last line JSON. All work is the product's.
 */
import { parseArgs } from "node:util";
import type { Purpose } from "../../../src/core/consent/consent.ts";
import { DAY_MS, HOUR_MS } from "../../../src/core/primitives/time.ts";
import { seededRng, type Rng } from "../../../src/core/primitives/rng.ts";
import { newOrder, tell, type Order } from "../../../src/core/order/order.ts";
import { MAY_REMEMBER, type LoggedEvent } from "../../../src/core/profile/logged.ts";
import type { Condition } from "../../../src/core/segment/condition.ts";
import type { Attributes } from "../../../src/core/segment/evaluate.ts";
import { addOccurrences, countAnew } from "../../../src/core/segment/count/keep-count.ts";
import type { MeterStates } from "../../../src/core/segment/count/meter-state.ts";
import { occurrencesOf, type ItemLookups } from "../../../src/core/segment/count/occurrence.ts";
import { readMeters } from "../../../src/core/segment/count/read-meters.ts";
import { compileSegments } from "../../../src/core/segment/membership/compile-segments.ts";
import { membershipsOf } from "../../../src/core/segment/membership/memberships-of.ts";
import { nextFlip } from "../../../src/core/segment/membership/next-flip.ts";
import { segmentDefects } from "../../../src/core/segment/membership/segment-defects.ts";

const NOW = 20_000 * DAY_MS + 11 * HOUR_MS;
const TYPES = ["Tea > Green", "Tea > Black", "Coffee > Beans", "Kitchen > Kettles", "Kitchen > Cups"];
const GRANTED: ReadonlySet<Purpose> = new Set(["personalization", "analytics"]);

const ITEMS = new Map<string, Attributes>(
  Array.from({ length: 500 }, (_, i) => [
    `item-${i}`,
    {
      id: `item-${i}`,
      type: TYPES[i % TYPES.length],
      brand: `brand-${i % 40}`,
      price: 5 + (i % 90),
      attributes: {},
    },
  ]),
);
const lookups: ItemLookups = { attributesOf: (item) => ITEMS.get(item) };

/** The n-th of 200 segments; 80 different things are counted. */
function segmentOf(n: number): { when: Condition; purpose?: Purpose } {
  const type = { "item.type": { $regex: `^${TYPES[n % TYPES.length]}` } };
  const days = [7, 30, 90, 365][(n >> 3) % 4]!;
  const kinds: readonly (() => Condition)[] = [
    () => ({ $count: { event: "bought", where: type, days, is: { $gte: 1 + (n % 3) } } }),
    () => ({ $sum: { event: "ordered", of: "value", days, is: { $gte: 50 * (1 + (n % 4)) } } }),
    () => ({
      $and: [
        { $count: { event: "product_viewed", where: type, days: 14, is: { $gte: 3 } } },
        { $count: { event: "bought", where: type, days: 30, is: 0 } },
      ],
    }),
    () => ({ $or: [{ "value.rfm": { $in: ["555", "554"] } }, { "value.clv": { $gte: 20 * n } }] }),
    () => ({ "traits.plan": { $in: ["gold", `plan-${n}`] }, "signals.orders": { $gte: n % 5 } }),
    () => ({ "signals.daysSinceOrder": { $gt: 20 + n }, "answers.why/bought": { $regexi: "gift|present" } }),
    () => ({ $daysSinceLast: { event: "product_added", where: type, is: { $gte: 3, $lt: 20 + n } } }),
    () => ({
      $and: [
        { $segment: `s${n - 1}` },
        { $not: { $segment: `s${n - 4}` } },
        { "place.country": { $in: ["AT", "DE"] } },
      ],
    }),
  ];
  return {
    when: kinds[n % kinds.length]!(),
    ...(n % 3 === 0 ? { purpose: "personalization" as const } : {}),
  };
}

type Person = {
  readonly events: readonly LoggedEvent[];
  readonly orders: readonly Order[];
  readonly lastOrderAt: number | undefined;
};

/** Visits and orders of a year; one in ten customers is very busy. */
function personOf(rng: Rng): Person {
  const isBusy = rng() < 0.1;
  const pick = () => `item-${Math.floor(rng() * ITEMS.size)}`;
  const moment = () => NOW - Math.floor(rng() ** 2 * 365 * DAY_MS);
  const events = Array.from({ length: Math.floor(rng() * (isBusy ? 900 : 80)) }, (_, i): LoggedEvent => {
    const shared = { id: `e${i}`, at: moment(), digest: i, may: MAY_REMEMBER, item: pick() };
    return rng() < 0.8
      ? { type: "product_viewed", ...shared }
      : { type: "product_added", quantity: 1, ...shared };
  });
  const orders = Array.from({ length: Math.floor(rng() * (isBusy ? 40 : 5)) }, (_, i) => {
    const lines = Array.from({ length: 1 + Math.floor(rng() * 4) }, () => ({ item: pick(), quantity: 1 }));
    const revenue = { minor: 1_000 + Math.floor(rng() * 20_000), currency: "EUR" };
    const told = {
      type: "order_completed" as const,
      id: `o${i}`,
      orderId: `o${i}`,
      at: moment(),
      revenue,
      lines,
      digest: i,
    };
    return tell(newOrder(`k${i}`), told, true, true);
  });
  const lastOrderAt = orders.length === 0 ? undefined : Math.max(...orders.map(({ shop }) => shop!.at));
  return { events, orders, lastOrderAt };
}

const microseconds = (work: () => void): number => {
  const began = performance.now();
  work();
  return (performance.now() - began) * 1_000;
};

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;

function told(name: string, samples: readonly number[]): Record<string, number> {
  const sorted = [...samples].sort((a, b) => a - b);
  const mean = samples.reduce((sum, one) => sum + one, 0) / samples.length;
  const figures = { Mean: mean, P50: quantile(sorted, 0.5), P99: quantile(sorted, 0.99) };
  return Object.fromEntries(
    Object.entries(figures).map(([part, us]) => [`${name}Us${part}`, Number(us.toFixed(1))]),
  );
}

/** Measures every customer once, after as many to warm up. Microseconds a customer. */
export function measureSegments(customers: number): Record<string, number> {
  const segments = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`s${n}`, segmentOf(n)]));
  const [defect] = segmentDefects(segments);
  if (defect) throw new Error(`${defect.pointer} must be ${defect.expected}`);
  const compiled = compileSegments(segments);
  const rng = seededRng("segments");
  const taken: Record<"evaluate" | "flip" | "count" | "anew", number[]> = {
    evaluate: [],
    flip: [],
    count: [],
    anew: [],
  };
  let bytes = 0;
  let memberships = 0;
  let flips = 0;
  for (let i = 0; i < 2 * customers; i++) {
    const person = personOf(rng);
    const worth = rng();
    let states: MeterStates = {};
    const anew = microseconds(() => (states = countAnew(compiled.meters, person, lookups, NOW)));
    // As the event's own turn finds them: parsed from the customer's row.
    const text = JSON.stringify(states);
    states = JSON.parse(text) as MeterStates;
    const event = person.events[0];
    const count = microseconds(() =>
      addOccurrences(states, compiled.meters, event ? occurrencesOf(event, lookups) : [], NOW),
    );
    const attributesAt = (at: number): Attributes => ({
      meters: readMeters(states, compiled.meters, at),
      traits: { plan: worth > 0.9 ? "gold" : "free" },
      signals: {
        orders: person.orders.length,
        daysSinceOrder:
          person.lastOrderAt === undefined ? null : Math.floor((at - person.lastOrderAt) / DAY_MS),
      },
      value: { rfm: worth > 0.95 ? "555" : "321", clv: worth * 4_000 * 0.999 ** ((at - NOW) / DAY_MS) },
      answers: { "why/bought": worth > 0.5 ? "A present" : null },
      place: { country: "AT" },
    });
    let ids: readonly string[] = [];
    const evaluate = microseconds(() => (ids = membershipsOf(compiled, attributesAt(NOW), GRANTED)));
    const since = { "signals.daysSinceOrder": person.lastOrderAt };
    const question = {
      compiled,
      states,
      attributesAt,
      permitted: GRANTED,
      since,
      now: NOW,
      until: NOW + 400 * DAY_MS,
    };
    let at: number | undefined;
    const flip = microseconds(() => (at = nextFlip(question)));
    if (i < customers) continue;
    for (const [name, one] of Object.entries({ evaluate, flip, count, anew }))
      taken[name as keyof typeof taken].push(one);
    bytes += text.length;
    memberships += ids.length;
    if (at !== undefined) flips++;
  }
  return {
    segments: Object.keys(segments).length,
    meters: compiled.meters.all.length,
    customers,
    membershipsMean: Number((memberships / customers).toFixed(1)),
    flipShare: Number((flips / customers).toFixed(3)),
    stateBytesMean: Math.round(bytes / customers),
    ...told("evaluate", taken.evaluate),
    ...told("nextFlip", taken.flip),
    ...told("countOne", taken.count),
    ...told("countAnew", taken.anew),
  };
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { customers: { type: "string", default: "2000" } } });
  console.log(JSON.stringify(measureSegments(Number(values.customers))));
}
