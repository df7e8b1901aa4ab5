import { describe, expect, test } from "vitest";
import { clearDaySet, emptyDaySet, isFirst } from "../../../../src/core/recommend/learn/day-set.ts";
import { emptyCounts, widenCounts } from "../../../../src/core/recommend/learn/item-counts.ts";
import { likedShare } from "../../../../src/core/recommend/learn/liked-share.ts";
import { emptyPace, isSpent, keepPaces, keepsPace } from "../../../../src/core/recommend/learn/pace.ts";

const counted = (pace: ReturnType<typeof emptyPace>, day: number, offered: number) => {
  let kept = 0;
  for (let i = 0; i < offered; i++) if (keepsPace(pace, 0, day)) kept++;
  return kept;
};

describe("pace", () => {
  test("lets the first few of a day count, whatever was before", () => {
    expect(counted(emptyPace(5), 1, 100)).toBe(5);
  });

  test("grows with lasting interest, to all of it within a week", () => {
    const pace = emptyPace(5);
    const days = [1, 2, 3, 4, 5, 6, 7, 8].map((day) => counted(pace, day, 50));
    expect(days[0]).toBe(5);
    expect(days.at(-1)).toBe(50);
    expect(days.toSorted((a, b) => a - b)).toEqual(days);
  });

  test("is not raised by what was refused", () => {
    const [patient, loud] = [emptyPace(5), emptyPace(5)];
    for (const day of [1, 2, 3]) {
      counted(patient, day, 5);
      counted(loud, day, 5_000);
    }
    expect(counted(loud, 4, 5_000)).toBeLessThanOrEqual(counted(patient, 4, 5_000) + 5);
  });

  test("is forgotten while nothing happens", () => {
    const pace = emptyPace(5);
    for (let day = 1; day < 20; day++) counted(pace, day, 50);
    expect(counted(pace, 80, 1_000)).toBe(5);
  });

  test("moves with its item", () => {
    const pace = emptyPace(2);
    for (let i = 0; i < 9; i++) keepsPace(pace, 3, 1);
    expect(isSpent(keepPaces(pace, [3]), 0)).toBe(true);
    expect(isSpent(keepPaces(pace, [1, 3]), 0)).toBe(false);
  });
});

describe("what was said today", () => {
  test("is first once, also on the day after, and again later", () => {
    const set = emptyDaySet();
    expect([isFirst(set, 1, 42), isFirst(set, 1, 42), isFirst(set, 2, 42)]).toEqual([true, false, false]);
    expect([isFirst(set, 3, 7), isFirst(set, 4, 42)]).toEqual([true, true]);
  });

  test("is remembered while the table grows, 0 like any other", () => {
    const set = emptyDaySet();
    const digests = Array.from({ length: 10_000 }, (_, i) => Math.imul(i, 0x9e3779b1));
    for (const digest of digests) expect(isFirst(set, 1, digest)).toBe(true);
    expect(digests.some((digest) => isFirst(set, 1, digest))).toBe(false);
  });

  test("takes two megabytes at most", () => {
    const set = emptyDaySet();
    for (let i = 1; i < 700_000; i++) isFirst(set, 1, Math.imul(i, 0x9e3779b1));
    expect(set.current.byteLength + set.previous.byteLength).toBeLessThanOrEqual(2 << 20);
    clearDaySet(set);
    expect(isFirst(set, 1, Math.imul(699_999, 0x9e3779b1))).toBe(true);
  });
});

describe("the share believed of an item", () => {
  const shareOf = (baskets: number, seasoned: number, shop: { baskets: number; seasoned: number }) => {
    const counts = emptyCounts(5);
    widenCounts(counts, 1);
    counts.baskets[0] = baskets;
    counts.seasoned[0] = seasoned;
    counts.seasonedBaskets = shop.seasoned;
    return likedShare(counts, 0, shop.baskets);
  };
  const SHOP = { baskets: 10_000, seasoned: 7_500 };

  test("is all of it where its buyers are like the shop's, or nobody has come back yet", () => {
    expect(shareOf(200, 150, SHOP)).toBe(1);
    expect(shareOf(200, 60, SHOP)).toBe(1);
    expect(shareOf(200, 0, { baskets: 500, seasoned: 0 })).toBe(1);
  });

  test("falls as fast as newcomers' baskets rise, so that their number leads nowhere", () => {
    const worth = [100, 1_000, 10_000, 100_000].map((fakes) => fakes * shareOf(10 + fakes, 8, SHOP));
    expect(worth.at(-1)).toBeLessThan(worth[0]! * 1.25);
  });
});
