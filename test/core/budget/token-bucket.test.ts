import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bucketOf, emptyBuckets, take, waitMs } from "../../../src/core/budget/token-bucket.ts";

const RATE = { perSecond: 2, burst: 3 };

describe("a bucket", () => {
  test("gives its burst at once, then its rate", () => {
    const table = emptyBuckets(10);
    expect([0, 0, 0, 0].map((now) => take(table, "a", RATE, now))).toEqual([0, 0, 0, 500]);
    expect(take(table, "a", RATE, 499)).toBe(1);
    expect(take(table, "a", RATE, 500)).toBe(0);
    expect(take(table, "a", RATE, 500)).toBe(500);
  });

  test("never holds more than its burst, however long the rest", () => {
    const table = emptyBuckets(10);
    take(table, "a", RATE, 0);
    const taken = Array.from({ length: 10 }, () => take(table, "a", RATE, 1e9)).filter((wait) => wait === 0);
    expect(taken).toHaveLength(3);
  });

  test("is one caller's alone", () => {
    const table = emptyBuckets(10);
    for (let i = 0; i < 50; i++) take(table, "flood", RATE, 0);
    expect(take(table, "other", RATE, 0)).toBe(0);
  });

  test("fills nothing when the clock steps back", () => {
    const table = emptyBuckets(10);
    for (let i = 0; i < 3; i++) take(table, "a", RATE, 10_000);
    expect(take(table, "a", RATE, 0)).toBe(500);
    expect(take(table, "a", RATE, 500)).toBe(0);
    expect(take(table, "a", RATE, 500)).toBe(500);
  });

  test("lets through at most burst + rate × time, in whatever rhythm", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 200 }), (pauses) => {
        const table = emptyBuckets(2);
        let [now, taken] = [0, 0];
        for (const pause of pauses) {
          now += pause;
          if (take(table, "a", RATE, now) === 0) taken++;
        }
        expect(taken).toBeLessThanOrEqual(RATE.burst + (now / 1000) * RATE.perSecond + 1e-9);
      }),
    );
  });

  test("tells a wait after which there is a token", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 150 }), fc.integer({ min: 0, max: 200 }), (tries, step) => {
        const table = emptyBuckets(2);
        const RATE = { perSecond: 6, burst: 60 };
        let now = 1_800_000_000_000;
        for (let i = 0; i < tries; i++) take(table, "a", RATE, (now += step));
        const wait = waitMs(table, bucketOf(table, "a"), RATE, now);
        expect(take(table, "a", RATE, now + wait)).toBe(0);
      }),
    );
  });
});

describe("staying out", () => {
  test("lasts its whole time, is not prolonged meanwhile, and then a full bucket waits", () => {
    const table = emptyBuckets(10);
    for (let i = 0; i < 3; i++) take(table, "a", RATE, 0, 10_000);
    expect(take(table, "a", RATE, 0, 10_000)).toBe(10_000);
    expect(take(table, "a", RATE, 4_000, 10_000)).toBe(6_000);
    expect(take(table, "a", RATE, 9_999, 10_000)).toBe(1);
    expect([0, 1, 2].map(() => take(table, "a", RATE, 10_000, 10_000))).toEqual([0, 0, 0]);
    expect(take(table, "a", RATE, 10_000, 10_000)).toBe(10_000);
  });
});

describe("the table", () => {
  test("forgets whoever was away longest, and never grows", () => {
    const table = emptyBuckets(3);
    for (const key of ["a", "b", "c"]) for (let i = 0; i < 3; i++) take(table, key, RATE, 0);
    take(table, "a", RATE, 1);
    take(table, "d", RATE, 2);
    expect([...table.slots.keys()].sort()).toEqual(["a", "c", "d"]);
    take(table, "b", RATE, 3);
    expect([...table.slots.keys()].sort()).toEqual(["a", "b", "d"]);
    expect(take(table, "a", RATE, 3)).toBeGreaterThan(0);
  });

  test("keeps what a plain list of the latest callers would keep", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 120 }),
        (capacity, callers) => {
          const table = emptyBuckets(capacity);
          let latest: string[] = [];
          for (const caller of callers.map(String)) {
            take(table, caller, RATE, 0);
            latest = [caller, ...latest.filter((one) => one !== caller)].slice(0, capacity);
            expect([...table.slots.keys()].sort()).toEqual([...latest].sort());
            expect(new Set(table.slots.values()).size).toBe(table.slots.size);
          }
        },
      ),
    );
  });
});
