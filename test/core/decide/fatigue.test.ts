import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fatigue, isCapped } from "../../../src/core/decide/fatigue.ts";
import { DAY, NOW } from "./scenes.ts";

const seen = (times: number, daysAgo = 0) => ({ times, at: NOW - daysAgo * DAY });

describe("fatigue", () => {
  test.each([
    ["never shown", undefined, undefined, 1],
    ["shown once", seen(1), undefined, 1],
    ["five times just now: half", seen(5), undefined, 0.5],
    ["nine times just now: a quarter", seen(9), undefined, 0.25],
    ["nine times a week ago", seen(9, 7), undefined, 2 ** -(3.5 / 4)],
    ["five times a month ago: forgotten", seen(5, 28), undefined, 1],
    ["a million times: not below a sixteenth", seen(1e6), undefined, 1 / 16],
    ["touched after the last showing: forgiven", seen(9), NOW, 1],
    ["touched a week before the last showing: half counts again", seen(9), NOW - 7 * DAY, 2 ** -(3.5 / 4)],
  ])("%s", (_, showings, touchedAt, expected) => {
    expect(fatigue(showings, touchedAt, NOW)).toBeCloseTo(expected, 12);
  });

  test("more showings never help, waiting and touching never hurt", () => {
    const day = fc.integer({ min: -1, max: 400 });
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(50), day, day, day, (times, more, ago, touchedAgo, later) => {
        const one = { times, at: NOW - ago * DAY };
        const now = fatigue(one, undefined, NOW);
        expect(now).toBeGreaterThanOrEqual(1 / 16);
        expect(now).toBeLessThanOrEqual(1);
        expect(fatigue({ ...one, times: times + more }, undefined, NOW)).toBeLessThanOrEqual(now);
        expect(fatigue(one, undefined, NOW + Math.max(0, later) * DAY)).toBeGreaterThanOrEqual(now);
        expect(fatigue(one, NOW - touchedAgo * DAY, NOW)).toBeGreaterThanOrEqual(now);
      }),
    );
  });
});

describe("a cap", () => {
  const cap = { times: 3, days: 7 };
  test.each([
    ["not reached", seen(2), false],
    ["reached", seen(3, 1), true],
    ["left alone for so long", seen(3, 7), false],
    ["never shown", undefined, false],
  ])("%s", (_, showings, expected) => expect(isCapped(showings, cap, NOW)).toBe(expected));

  test("0 is none", () => expect(isCapped(seen(1000), { times: 0, days: 7 }, NOW)).toBe(false));

  test("no seven days ever hold more showings than the cap, however often a page asks", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 4, noNaN: true }), { maxLength: 80 }),
        fc.integer({ min: 1, max: 5 }),
        (gaps, times) => {
          const shownAt: number[] = [];
          let now = NOW;
          for (const gap of gaps) {
            now += gap * DAY;
            const known = shownAt.length === 0 ? undefined : { times: shownAt.length, at: shownAt.at(-1)! };
            if (!isCapped(known, { times, days: 7 }, now)) shownAt.push(now);
          }
          for (const at of shownAt)
            expect(shownAt.filter((other) => other >= at && other < at + 7 * DAY).length).toBeLessThanOrEqual(
              times,
            );
        },
      ),
    );
  });
});
