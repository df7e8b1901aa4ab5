import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRng } from "../../../src/core/primitives/rng.ts";
import { sayDo, type Occasion } from "../../../src/core/preference/say-do.ts";
import { sayDoReport } from "../../../src/core/preference/say-do-report.ts";
import { addToSayDo, CLAIMS_MAX, newSayDoTotals } from "../../../src/core/preference/say-do-totals.ts";
import { item, likes } from "./items.ts";

const oak = item("oak", { attributes: { material: "oak" }, type: "Home" });
const pine = item("pine", { attributes: { material: "pine" }, type: "Home" });
const book = item("book", { type: "Books" });
const LIKES_OAK = likes("attribute:material", "oak");
const order = (at: number, ...items: Occasion["items"]): Occasion => ({ at, items });

describe("one customer", () => {
  test("three orders out of three leave much open", () => {
    const [found] = sayDo([LIKES_OAK], [order(100, oak), order(101, oak), order(102, oak)], []);
    expect(found!.bought).toMatchObject({ occasions: 3, share: 1, high: 1 });
    expect(found!.bought.low).toBeCloseTo(0.1945, 3);
  });

  test("an order counts once, by the share of what can be told of it", () => {
    const [found] = sayDo([LIKES_OAK], [order(100, oak, pine, pine, pine, book), order(101, book)], []);
    expect(found!.bought).toMatchObject({ occasions: 1, share: 0.25 });
  });

  test("what was bought before it was said is told apart, and views beside it", () => {
    const [found] = sayDo([LIKES_OAK], [order(99, oak), order(100, pine)], [order(50, oak), order(150, oak)]);
    expect(found!.boughtBefore.share).toBe(1);
    expect(found!.bought.share).toBe(0);
    expect(found!.viewed).toMatchObject({ occasions: 1, share: 1 });
  });

  test("doing as one avoids is not doing as one says", () => {
    const [found] = sayDo([likes("avoid_type", "Books")], [order(100, oak), order(101, book)], []);
    expect(found!.bought.share).toBe(0.5);
  });

  test("without an order nothing is known", () => {
    expect(sayDo([LIKES_OAK], [], [])[0]!.bought).toEqual({
      occasions: 0,
      share: undefined,
      low: 0,
      high: 1,
    });
    expect(sayDo([likes("reason", "gift")], [order(100, oak)], [])).toEqual([]);
  });

  test("the interval holds the true share, at three orders and at every look", () => {
    const rng = seededRng("say-do");
    for (const truth of [0.1, 0.5, 0.9]) {
      let misses = 0;
      for (let customer = 0; customer < 200; customer++) {
        const orders = Array.from({ length: 12 }, () => order(100, rng() < truth ? oak : pine));
        const isMissed = [1, 3, 6, 12].some((n) => {
          const { low, high } = sayDo([LIKES_OAK], orders.slice(0, n), [])[0]!.bought;
          return truth < low || truth > high;
        });
        if (isMissed) misses++;
      }
      // Five in a hundred are allowed; 18 of 200 would be three standard errors above.
      expect(misses).toBeLessThanOrEqual(18);
    }
  });

  test("the share lies in its interval, and both in [0, 1]", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.constantFrom(oak, pine, book), { maxLength: 4 }), { maxLength: 12 }),
        (orders) => {
          const { share, low, high, occasions } = sayDo(
            [LIKES_OAK],
            orders.map((items) => order(100, ...items)),
            [],
          )[0]!.bought;
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(1);
          expect(share === undefined).toBe(occasions === 0);
          if (share !== undefined) expect(low <= share && share <= high).toBe(true);
        },
      ),
    );
  });
});

/** Customers of whom `sayers` say oak and buy it with one chance, and the rest with another; three orders each. */
function shop(sayers: number, others: number, [own, base]: readonly [number, number]) {
  const rng = seededRng(`${sayers}/${others}`);
  const totals = newSayDoTotals([LIKES_OAK]);
  for (let i = 0; i < sayers + others; i++) {
    const isSayer = i < sayers;
    const orders = Array.from({ length: 3 }, () => order(100, rng() < (isSayer ? own : base) ? oak : pine));
    addToSayDo(totals, isSayer ? [{ ...LIKES_OAK, anyOf: ["OAK"], at: i }] : [], orders);
  }
  return sayDoReport(totals)[0]!;
}

describe("all customers", () => {
  test("those who say it do it more: the lift is found, and its interval holds it", () => {
    const { sayers, others, lift } = shop(300, 1500, [0.6, 0.3]);
    expect(sayers).toMatchObject({ customers: 300, buyers: 300 });
    expect(sayers.share).toBeCloseTo(0.6, 1);
    expect(others.share).toBeCloseTo(0.3, 1);
    expect(lift.low).toBeGreaterThan(0.5);
    expect(lift.low).toBeLessThan(1);
    expect(lift.high).toBeGreaterThan(1);
    expect(lift.high).toBeLessThan(1.5);
  });

  test("saying without doing: no lift is told", () => {
    const { lift } = shop(300, 1500, [0.3, 0.3]);
    expect(lift.low).toBeLessThan(0);
    expect(lift.high).toBeGreaterThan(0);
  });

  test("of eight who all do it little is certain, and it is still bounded where it can be", () => {
    const { sayers, lift } = shop(8, 1500, [1, 0.3]);
    expect(sayers).toMatchObject({ buyers: 8, share: 1, high: 1 });
    expect(sayers.low).toBeLessThan(0.5);
    expect(lift.low).toBeLessThan(sayers.share! / 0.3 - 1);
    expect(lift.high).toBeGreaterThan(sayers.share! / 0.3 - 1);
    expect(lift.high).toBeLessThan(4);
  });

  test("where nobody else does it there is no ratio", () => {
    const { lift } = shop(10, 10, [1, 0]);
    expect(lift.estimate).toBeUndefined();
    expect(lift.high).toBe(Infinity);
    expect(lift.low).toBeGreaterThanOrEqual(-1);
  });

  test("who says it and bought nothing counts as saying it", () => {
    const totals = newSayDoTotals([LIKES_OAK]);
    addToSayDo(totals, [LIKES_OAK], []);
    addToSayDo(totals, [LIKES_OAK], [order(1, book)]);
    expect(sayDoReport(totals)[0]!.sayers).toMatchObject({
      customers: 2,
      buyers: 0,
      share: undefined,
      low: 0,
      high: 1,
    });
  });

  test("claims are told apart by question and choice, bounded, and in one order", () => {
    const claims = Array.from({ length: CLAIMS_MAX + 9 }, (_, i) => likes("brand", `b${i}`));
    expect(newSayDoTotals(claims).size).toBe(CLAIMS_MAX);
    expect([...newSayDoTotals(claims.toReversed()).keys()]).toEqual([...newSayDoTotals(claims).keys()]);
    expect(
      newSayDoTotals([LIKES_OAK, { ...LIKES_OAK, key: "other/question" }, likes("reason", "x")]).size,
    ).toBe(2);
  });
});
