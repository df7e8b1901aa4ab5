import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HOUR_MS, MINUTE_MS, type EpochMs } from "../../../src/core/primitives/time.ts";
import type { CountedEvent } from "../../../src/core/segment/count/counted-event.ts";
import { joinTriggerState } from "../../../src/core/trigger/join-state.ts";
import { happening, live, moment, triggersOf, type Turn } from "./living.ts";

const START = moment("2027-03-27T06:00:00Z");
const SPAN = 72 * 60;
const UNTIL = START + 5 * 24 * HOUR_MS;

/** One trigger of each kind that events set off, with all that can put them off. */
const COMPILED = triggersOf(
  [
    { id: "seen", on: { when: "event", event: "product_viewed" }, delayMinutes: 45 },
    {
      id: "night",
      on: { when: "event", event: "cart_viewed" },
      quietHours: { from: "21:00", until: "08:00" },
    },
    {
      id: "way",
      on: {
        when: "sequence",
        steps: [{ event: "product_viewed" }, { event: "product_added" }],
        withinMinutes: 240,
      },
    },
    {
      id: "gone",
      on: { when: "absence", after: { event: "product_added" }, without: { event: "ordered" }, minutes: 90 },
    },
    { id: "left", on: { when: "cart_abandoned", minutes: 120 }, coolDownDays: 1 },
    { id: "once", on: { when: "event", event: "page_viewed" }, delayMinutes: 10, once: true },
  ],
  "Europe/Vienna",
);

const EVENTS: readonly CountedEvent[] = [
  "product_viewed",
  "product_added",
  "cart_viewed",
  "ordered",
  "page_viewed",
];
const act = fc.record({ minute: fc.nat({ max: SPAN }), event: fc.constantFrom(...EVENTS) });
type Act = { readonly minute: number; readonly event: CountedEvent };
/** Up to twenty acts, each at a minute of its own. */
const acts = fc.uniqueArray(act, { maxLength: 20, selector: ({ minute }) => minute });

function turnsOf(all: readonly Act[]): Turn[] {
  let lastOrderAt: EpochMs | undefined;
  return all
    .toSorted((a, b) => a.minute - b.minute)
    .map(({ minute, event }) => {
      const at = START + minute * MINUTE_MS;
      if (event === "ordered") lastOrderAt = at;
      return {
        at,
        sets: { lastOrderAt, ...(event === "product_added" ? { cart: { at, isEmpty: false } } : {}) },
        brings: { happenings: [happening(event, `${event}-${minute}`, at)] },
      };
    });
}

/** Everything told again, so many minutes after it was told first. */
const repeated = (turns: readonly Turn[], delays: readonly number[]): Turn[] =>
  turns.map(({ at, brings }, i) => ({
    at: at + (delays[i % delays.length] ?? 0) * MINUTE_MS,
    ...(brings ? { brings } : {}),
  }));

const outcome = (turns: readonly Turn[], pauses: readonly EpochMs[] = []) =>
  live(COMPILED, turns, UNTIL, { pauses })
    .fired.map(({ id, at }) => `${at} ${id}`)
    .sort();

describe("what fires, and when, is the same", () => {
  const minutes = fc.array(fc.nat({ max: SPAN + 600 }), { maxLength: 20 });

  test("whenever one looks besides", () => {
    fc.assert(
      fc.property(acts, minutes, (all, pauses) => {
        const turns = turnsOf(all);
        expect(
          outcome(
            turns,
            pauses.map((minute) => START + minute * MINUTE_MS + 1),
          ),
        ).toEqual(outcome(turns));
      }),
      { numRuns: 120 },
    );
  });

  test("though everything is told twice, at once or hours later", () => {
    fc.assert(
      fc.property(acts, fc.array(fc.nat({ max: 23 * 60 }), { minLength: 1, maxLength: 5 }), (all, delays) => {
        const turns = turnsOf(all);
        expect(outcome([...turns, ...repeated(turns, delays)])).toEqual(outcome(turns));
      }),
      { numRuns: 120 },
    );
  });

  test("and something does fire", () => {
    const all: Act[] = EVENTS.map((event, i) => ({ event, minute: 10 * i }));
    expect(
      live(COMPILED, turnsOf(all), UNTIL)
        .fired.map(({ trigger }) => trigger)
        .sort(),
    ).toEqual(["night", "once", "seen", "way"]);
  });

  test("with one id for one occasion, and none for two", () => {
    fc.assert(
      fc.property(acts, (all) => {
        const { fired } = live(COMPILED, turnsOf(all), UNTIL);
        expect(new Set(fired.map(({ id }) => id)).size).toBe(fired.length);
        expect(new Set(fired.map(({ trigger, occasion }) => `${trigger} ${occasion}`)).size).toBe(
          fired.length,
        );
        for (const { id } of fired) expect(id).toMatch(/^t_[a-z0-9]{10,24}$/);
      }),
      { numRuns: 60 },
    );
  });
});

describe("two states as one", () => {
  const state = fc
    .record({ all: acts, until: fc.nat({ max: SPAN }) })
    .map(({ all, until }) => live(COMPILED, turnsOf(all), START + until * MINUTE_MS).state);

  test("are the same in either order, and joined again", () => {
    fc.assert(
      fc.property(state, state, (a, b) => {
        const joined = joinTriggerState(a, b);
        expect(joinTriggerState(b, a)).toEqual(joined);
        expect(joinTriggerState(joined, b)).toEqual(joined);
        expect(joinTriggerState(a, a)).toEqual(a);
      }),
      { numRuns: 120 },
    );
  });

  test("fire nothing again that fired for either", () => {
    fc.assert(
      fc.property(acts, fc.nat({ max: SPAN }), fc.nat({ max: SPAN }), (all, early, late) => {
        const turns = turnsOf(all);
        const [a, b] = [early, late].map((minute) => live(COMPILED, turns, START + minute * MINUTE_MS));
        const joined = joinTriggerState(a!.state, b!.state);
        const standing = Object.assign({}, ...turns.map(({ sets }) => sets));
        const rest = live(
          COMPILED,
          turns
            .map(({ at, brings }) => ({
              at: Math.max(at, START + Math.max(early, late) * MINUTE_MS),
              ...(brings ? { brings } : {}),
            }))
            .filter(({ at }) => at <= START + 24 * HOUR_MS),
          UNTIL,
          { state: joined, standing },
        );
        const before = new Set([...a!.fired, ...b!.fired].map(({ id }) => id));
        expect(rest.fired.filter(({ id }) => before.has(id))).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });
});
