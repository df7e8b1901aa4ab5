import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Purpose } from "../../../../src/core/consent/consent.ts";
import { DAY_MS, HOUR_MS, SECOND_MS } from "../../../../src/core/primitives/time.ts";
import type { LoggedEvent } from "../../../../src/core/profile/logged.ts";
import type { Condition } from "../../../../src/core/segment/condition.ts";
import { countAnew } from "../../../../src/core/segment/count/keep-count.ts";
import { readMeters } from "../../../../src/core/segment/count/read-meters.ts";
import { compileSegments } from "../../../../src/core/segment/membership/compile-segments.ts";
import { membershipsOf } from "../../../../src/core/segment/membership/memberships-of.ts";
import { nextFlip } from "../../../../src/core/segment/membership/next-flip.ts";
import { logged } from "../count/logged.ts";
import { lookups } from "../count/orders.ts";

const NOW = 2_000 * DAY_MS + 5 * HOUR_MS;
const NEVER = NOW + 5_000 * DAY_MS;

const acts = (type: "product_viewed" | "page_viewed", agoMs: readonly number[]): LoggedEvent[] =>
  agoMs.map((ago, i) => logged({ type, id: `${type}${i}`, at: NOW - ago, item: "green" }));

type Person = { readonly events: readonly LoggedEvent[]; readonly orderedAt?: number };

/** A person's segments at a moment, and the next flip, over one set of segments. */
function life(whens: { readonly [id: string]: Condition }, { events, orderedAt }: Person) {
  const compiled = compileSegments(
    Object.fromEntries(Object.entries(whens).map(([id, when]) => [id, { when }])),
  );
  const states = countAnew(compiled.meters, { events, orders: [] }, lookups, NOW);
  const attributesAt = (at: number) => ({
    meters: readMeters(states, compiled.meters, at),
    signals: {
      daysSinceOrder: orderedAt === undefined ? null : Math.floor((at - orderedAt) / DAY_MS),
      orders: 1,
    },
    value: { churn: (Math.floor(at / DAY_MS) - 2_000) / 100 },
  });
  return {
    at: (at: number) => membershipsOf(compiled, attributesAt(at), new Set()),
    flip: (now: number, until: number) =>
      nextFlip({
        compiled,
        states,
        attributesAt,
        permitted: new Set(),
        since: { "signals.daysSinceOrder": orderedAt },
        now,
        until,
      }),
  };
}

describe("the next flip", () => {
  const views = { events: acts("product_viewed", [DAY_MS, 3 * HOUR_MS, HOUR_MS]) };

  test.each<[string, Condition, Person, number | undefined]>([
    ["a window left", { $count: { event: "product_viewed", days: 2, is: { $gte: 1 } } }, views, 47 * HOUR_MS],
    [
      "two of three left",
      { $count: { event: "product_viewed", days: 2, is: { $gt: 1 } } },
      views,
      45 * HOUR_MS,
    ],
    ["a segment entered by leaving", { $count: { event: "product_viewed", days: 2, is: 2 } }, views, DAY_MS],
    ["enough for ever", { $count: { event: "product_viewed", is: { $gte: 1 } } }, views, undefined],
    [
      "days since the last",
      { $daysSinceLast: { event: "product_viewed", is: { $gte: 7 } } },
      views,
      7 * DAY_MS - HOUR_MS,
    ],
    [
      "days since the first",
      { $daysSinceFirst: { event: "product_viewed", is: { $lte: 7 } } },
      views,
      7 * DAY_MS,
    ],
    [
      "days since the first, which leaves just after",
      { $daysSinceFirst: { event: "product_viewed", days: 5, is: { $gte: 4, $lt: 4.5 } } },
      { events: acts("product_viewed", [4.8 * DAY_MS, DAY_MS]) },
      0.2 * DAY_MS,
    ],
    [
      "the first leaves, and the next one is as old",
      { $daysSinceFirst: { event: "product_viewed", days: 5, is: { $gte: 4 } } },
      { events: acts("product_viewed", [4.95 * DAY_MS, 4.9 * DAY_MS]) },
      0.1 * DAY_MS,
    ],
    [
      "the first leaves, and the next one is not as old",
      { $daysSinceFirst: { event: "product_viewed", days: 5, is: { $in: [3] } } },
      { events: acts("product_viewed", [4.95 * DAY_MS, 2.9 * DAY_MS]) },
      0.1 * DAY_MS,
    ],
    ["never began", { $daysSinceLast: { event: "page_viewed", is: { $gte: 7 } } }, views, undefined],
    [
      "a ratio to less",
      {
        $ratio: {
          of: { event: "product_viewed" },
          to: { event: "product_viewed", days: 2 },
          is: { $gte: 3 },
        },
      },
      views,
      45 * HOUR_MS,
    ],
    [
      "an order's age",
      { "signals.daysSinceOrder": { $gt: 90 } },
      { events: [], orderedAt: NOW - 10.5 * DAY_MS },
      80.5 * DAY_MS,
    ],
    [
      "an age by pattern",
      { "signals.daysSinceOrder": { $regex: "^1.$" } },
      { events: [], orderedAt: NOW - 8.5 * DAY_MS },
      1.5 * DAY_MS,
    ],
    ["no order, no age", { "signals.daysSinceOrder": { $gt: 90 } }, { events: [] }, undefined],
    ["a value at midnight", { "value.churn": { $gte: 0.1 } }, { events: [] }, 10 * DAY_MS - 5 * HOUR_MS],
    ["nothing that time changes", { "signals.orders": 1 }, views, undefined],
  ])("%s", (_, when, person, inMs) => {
    expect(life({ s: when }, person).flip(NOW, NEVER)).toBe(inMs === undefined ? undefined : NOW + inMs);
  });

  test("a segment over others flips with them", () => {
    const { flip, at } = life(
      {
        fresh: { $count: { event: "product_viewed", days: 2, is: { $gte: 1 } } },
        stale: { $not: { $segment: "fresh" } },
      },
      views,
    );
    const turn = flip(NOW, NEVER)!;
    expect([at(turn - 1), at(turn)]).toEqual([["fresh"], ["stale"]]);
  });

  test("not beyond the moment asked about", () => {
    const { flip } = life({ s: { $count: { event: "product_viewed", days: 2, is: 2 } } }, views);
    expect([flip(NOW, NOW + DAY_MS - 1), flip(NOW, NOW + DAY_MS)]).toEqual([undefined, NOW + DAY_MS]);
  });

  test("what is known of now need not be asked again", () => {
    const compiled = compileSegments({ s: { when: { "value.churn": { $gte: 0.1 } } } });
    let asked = 0;
    const attributesAt = (at: number) => ({ value: { churn: (++asked, at > NOW + DAY_MS ? 1 : 0) } });
    const question = { compiled, states: {}, attributesAt, permitted: new Set<Purpose>(), since: {} };
    const until = NOW + 10 * DAY_MS;
    expect(nextFlip({ ...question, memberships: [], now: NOW, until })).toBe(NOW - 5 * HOUR_MS + 2 * DAY_MS);
    expect(asked).toBe(2);
    expect(nextFlip({ ...question, looks: 1, now: NOW, until })).toBe(NOW - 5 * HOUR_MS + DAY_MS);
  });

  test("further than it looks in one go: the last moment looked at, and on from there", () => {
    const { flip, at } = life({ s: { "value.churn": { $gte: 1 } } }, { events: [] });
    const first = flip(NOW, NEVER)!;
    expect(first).toBe(NOW - 5 * HOUR_MS + 64 * DAY_MS);
    expect(at(first)).toEqual([]);
    expect(flip(first, NEVER)).toBe(NOW - 5 * HOUR_MS + 100 * DAY_MS);
  });
});

test("against looking every second: never late, and early only to look again", () => {
  const is = fc.oneof(
    fc.record({ $gte: fc.integer({ min: 0, max: 4 }) }),
    fc.record({ $not: fc.record({ $eq: fc.integer({ min: 0, max: 4 }) }) }),
    fc.record({ $in: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 2 }) }),
    fc.integer({ min: 0, max: 3 }),
    fc.record({ $gt: fc.constantFrom(0.5, 1.5, 0.99), $lt: fc.constantFrom(2, 2.5) }),
  );
  const event = fc.constantFrom("product_viewed" as const, "page_viewed" as const);
  // From an hour on, so that windows of both kinds and full days end within the quarter of an hour that is looked at.
  const days = fc.constantFrom(1 / 24, 1.25 / 24, 1, 3, undefined);
  const counted = fc
    .record({ event, days })
    .map(({ event, days }) => (days === undefined ? { event } : { event, days }));
  const line = fc.oneof(
    fc.record({ counted, is }).map(({ counted, is }): Condition => ({ $count: { ...counted, is } })),
    fc.record({ counted, is }).map(({ counted, is }): Condition => ({ $daysSinceLast: { ...counted, is } })),
    fc.record({ counted, is }).map(({ counted, is }): Condition => ({ $daysSinceFirst: { ...counted, is } })),
    fc
      .record({ of: counted, to: counted, is })
      .map(({ of, to, is }): Condition => ({ $ratio: { of, to, is } })),
    fc.integer({ min: 0, max: 3 }).map((n): Condition => ({ "signals.daysSinceOrder": { $gt: n } })),
  );
  const segments = fc.record({
    a: line,
    b: line,
    c: fc.constantFrom<Condition>({ $and: [{ $segment: "a" }, { $not: { $segment: "b" } }] }),
  });
  const QUARTER = 900;
  // Ages at which something is about to leave a window or fill a day.
  const age = fc
    .tuple(
      fc.constantFrom(HOUR_MS, 1.25 * HOUR_MS, DAY_MS, 2 * DAY_MS, 3 * DAY_MS),
      fc.integer({ min: -5, max: QUARTER }),
    )
    .map(([whole, seconds]) => Math.max(0, whole - seconds * SECOND_MS));
  fc.assert(
    fc.property(
      segments,
      fc.array(age, { maxLength: 8 }),
      fc.array(age, { maxLength: 4 }),
      fc.option(age, { nil: undefined }),
      (whens, viewedAgo, pagesAgo, orderedAgo) => {
        const { at, flip } = life(whens, {
          events: [...acts("product_viewed", viewedAgo), ...acts("page_viewed", pagesAgo)],
          ...(orderedAgo === undefined ? {} : { orderedAt: NOW - orderedAgo }),
        });
        const until = NOW + QUARTER * SECOND_MS;
        const now = JSON.stringify(at(NOW));
        let expected: number | undefined;
        for (let t = NOW + SECOND_MS; expected === undefined && t <= until; t += SECOND_MS)
          if (JSON.stringify(at(t)) !== now) expected = t;
        expect(flip(NOW, until)).toBe(expected);
      },
    ),
    { numRuns: 300 },
  );
});
