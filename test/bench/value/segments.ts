/**
 * What segments cost a customer: 200 of them, mixed from counts, sums, days, ratios, value, traits and each other, over
 * synthetic customers. `node test/bench/value/segments.ts [--customers 2000]`; last line JSON. All work is the product's.
 */
import { parseArgs } from "node:util";
import type { Purpose } from "../../../src/core/consent/consent.ts";
import { seededRng } from "../../../src/core/primitives/rng.ts";
import { DAY_MS } from "../../../src/core/primitives/time.ts";
import { addOccurrences, countAnew } from "../../../src/core/segment/count/keep-count.ts";
import type { MeterStates } from "../../../src/core/segment/count/meter-state.ts";
import { occurrencesOf } from "../../../src/core/segment/count/occurrence.ts";
import { readMeters } from "../../../src/core/segment/count/read-meters.ts";
import type { Attributes } from "../../../src/core/segment/evaluate.ts";
import { compileSegments } from "../../../src/core/segment/membership/compile-segments.ts";
import { membershipsOf } from "../../../src/core/segment/membership/memberships-of.ts";
import { nextFlip, type FlipQuestion } from "../../../src/core/segment/membership/next-flip.ts";
import { segmentDefects } from "../../../src/core/segment/membership/segment-defects.ts";
import { lookups, NOW, personOf, segmentOf } from "./segment-people.ts";

const GRANTED: ReadonlySet<Purpose> = new Set(["personalization", "analytics"]);

/** Attributes as decisions have them: each made when it is first read. */
function lazily(fields: Readonly<Record<string, () => unknown>>): Attributes {
  const made: Record<string, unknown> = {};
  for (const [name, make] of Object.entries(fields)) {
    let value: unknown;
    Object.defineProperty(made, name, { enumerable: true, get: () => (value ??= make()) });
  }
  return made;
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
  const prepared: FlipQuestion[] = [];
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
    const attributesAt = (at: number): Attributes =>
      lazily({
        meters: () => readMeters(states, compiled.meters, at),
        traits: () => ({ plan: worth > 0.9 ? "gold" : "free" }),
        signals: () => ({
          orders: person.orders.length,
          daysSinceOrder:
            person.lastOrderAt === undefined ? null : Math.floor((at - person.lastOrderAt) / DAY_MS),
        }),
        value: () => ({
          rfm: worth > 0.95 ? "555" : "321",
          clv: worth * 4_000 * 0.999 ** ((at - NOW) / DAY_MS),
        }),
        answers: () => ({ "why/bought": worth > 0.5 ? "A present" : null }),
        place: () => ({ country: "AT" }),
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
      memberships: ids,
      now: NOW,
      until: NOW + 400 * DAY_MS,
    };
    let at: number | undefined;
    const flip = microseconds(() => (at = nextFlip(question)));
    if (i < customers) continue;
    prepared.push(question);
    for (const [name, one] of Object.entries({ evaluate, flip, count, anew }))
      taken[name as keyof typeof taken].push(one);
    bytes += text.length;
    memberships += ids.length;
    if (at !== undefined) flips++;
  }
  /** Mean CPU time a customer, over all of them at once: what others do on the machine is not in it. */
  const cpu = (work: (question: FlipQuestion) => void): number => {
    const began = process.cpuUsage();
    for (const question of prepared) work(question);
    const { user, system } = process.cpuUsage(began);
    return Number(((user + system) / customers).toFixed(1));
  };
  return {
    evaluateUsCpu: cpu(({ attributesAt }) => membershipsOf(compiled, attributesAt(NOW), GRANTED)),
    nextFlipUsCpu: cpu(nextFlip),
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
