import { describe, expect, test } from "vitest";
import type { Card } from "../../../src/core/card/card.ts";
import { gatherEquity, type CurrencyEquity, type EquityOptions } from "../../../src/core/insight/equity.ts";
import { isWithheld } from "../../../src/core/insight/withhold.ts";
import type { Purchases } from "../../../src/core/value/purchases.ts";
import { cdnowCards, customer, gather, simpleScore, times, TODAY, visitor } from "./people.ts";

const options: EquityOptions = { today: TODAY, horizonDays: 365, scorer: simpleScore };
const eur = (minor: number) => ({ minor, currency: "EUR" });
const equityOf = (cards: Card[], more: Partial<EquityOptions> = {}) =>
  gather(cards, gatherEquity({ ...options, ...more }));
const firstOf = (cards: Card[], more: Partial<EquityOptions> = {}): CurrencyEquity => {
  const first = equityOf(cards, more).currencies[0]!;
  if (isWithheld(first)) throw new Error("withheld");
  return first;
};

describe("the sum", () => {
  test("is over customers alone, with an interval from their variances and the model's error", () => {
    // 100 customers worth 1,000 with a variance of 100 each: the sum's error is 100.
    const people = [...times(100, () => customer()), ...times(7, () => visitor())];
    const { total } = firstOf(people);
    expect(total).toEqual({
      customers: 100,
      unscored: 0,
      clv: eur(100_000),
      interval: { low: eur(100_000 - 196), high: eur(100_000 + 196) },
      revenue: eur(100_000),
    });
    // 3 % of 100,000 is 3,000; with 100 beside it √(3000² + 100²) = 3001.67, times 1.95996 is 5883.
    expect(firstOf(people, { relativeError: 0.03 }).total.interval).toEqual({
      low: eur(94_117),
      high: eur(105_883),
    });
  });

  test("without a model there is revenue and no value, and no interval where a variance is not known", () => {
    const people = times(10, () => customer());
    const none = () => ({ clvMinor: null, expectedOrders: null });
    const [first] = gather(people, gatherEquity({ ...options, scorer: none }), none).currencies;
    expect(first).toMatchObject({
      total: { customers: 10, unscored: 10, clv: null, interval: null, revenue: eur(10_000) },
      rankedBy: "revenue",
    });
    const sure = (purchases: Purchases) => ({ clvMinor: simpleScore(purchases).clvMinor, expectedOrders: 1 });
    const [other] = gather(people, gatherEquity(options), sure).currencies;
    expect(other).toMatchObject({ total: { clv: eur(10_000), interval: null } });
  });

  test("is by currency; a currency of few is only named", () => {
    const people = [
      ...times(3, () => customer({}, { currency: "USD" })),
      ...times(9, () => customer()),
      ...times(6, () => customer({}, { currency: "SEK", firstMinor: 7 })),
    ];
    const { currencies } = equityOf(people);
    expect(currencies.map(({ currency }) => currency)).toEqual(["EUR", "SEK", "USD"]);
    expect(currencies[2]).toEqual({ currency: "USD", withheld: true });
    expect(currencies[1]).toMatchObject({ total: { clv: { minor: 42, currency: "SEK" } } });
  });

  test("the best tenth and fifth", () => {
    // 50 customers worth 10, 20, … 500: together 12,750; the best five 2,400, the best ten 4,550.
    const people = times(50, (i) => customer({}, { firstMinor: 10 * (i + 1) }));
    const { concentration } = firstOf(people);
    expect(concentration).toEqual([
      { bestShare: 0.1, customers: 5, valueShare: 2400 / 12_750 },
      { bestShare: 0.2, customers: 10, valueShare: 4550 / 12_750 },
    ]);
    expect(firstOf(people.slice(0, 40)).concentration[0]).toEqual({ bestShare: 0.1, withheld: true });
  });
});

describe("by source and segment", () => {
  const people = [
    ...times(40, () => customer({ source: "search", segments: ["all", "loyal"] })),
    ...times(9, () => customer({ source: "mail", segments: ["all"] })),
    ...times(3, (i) =>
      customer({ source: "blog.example", segments: i < 2 ? ["all"] : [] }, { firstMinor: 77 }),
    ),
  ];
  const equity = firstOf(people);

  test("what is told cannot be taken from the total to leave few", () => {
    expect(equity.bySource.map((row) => [row.source, isWithheld(row)])).toEqual([
      ["search", false],
      ["mail", true],
      ["blog.example", true],
    ]);
    const told = equity.bySource.flatMap((row) => (isWithheld(row) ? [] : [row]));
    expect(equity.total.customers - told.reduce((sum, { customers }) => sum + customers, 0)).toBe(12);
  });

  test("a segment of all but one is withheld", () => {
    expect(equity.bySegment).toEqual([
      { segment: "all", withheld: true },
      expect.objectContaining({ segment: "loyal", customers: 40, clv: eur(40_000) }),
    ]);
  });

  test("sources beyond the thirty largest are one row", () => {
    const many = times(40, (i) => times(6, () => customer({ source: `s${i}.example` }))).flat();
    const { bySource } = firstOf(many);
    expect(bySource).toHaveLength(31);
    expect(bySource.at(-1)).toMatchObject({ source: "other", customers: 60, revenue: eur(60_000) });
  });
});

describe("who is not a customer yet", () => {
  // Ten first orders of 2,000 within the last 90 days, one of them today, and older ones.
  const people = [
    ...times(10, (i) =>
      customer({ source: i < 5 ? "search" : "mail" }, { firstDay: TODAY - 1 - i, firstMinor: 2000 }),
    ),
    customer({}, { firstDay: TODAY }),
    ...times(20, () => customer({}, { firstDay: TODAY - 300 })),
  ];

  test("is worth what follows a first order, and the order itself, less what winning them costs", () => {
    const costs = { currency: "EUR", eachMinor: 500, bySource: { mail: 100 } };
    const { potential } = firstOf(people, { costs, marginShare: 0.4, horizonDays: 180 });
    // 10 in 90 days are 20 in 180; each keeps 800 of the first order and is worth 2,000 after it; winning one costs 300.
    expect(potential).toMatchObject({
      days: 90,
      newCustomers: 10,
      expected: { customers: 20 },
      firstOrder: eur(800),
      later: eur(2000),
      cost: eur(300),
      value: eur(20 * 2500),
    });
    // Garwood's interval of a count of 10: 4.795 to 18.390.
    expect(potential).toHaveProperty("expected.low", expect.closeTo(2 * 4.7954, 3));
    expect(potential).toHaveProperty("expected.high", expect.closeTo(2 * 18.3904, 3));
  });

  test.each([
    ["no cost at all", undefined],
    ["the cost of some sources alone", { currency: "EUR", bySource: { mail: 100 } }],
    ["a cost in another currency", { currency: "USD", eachMinor: 1 }],
  ])("with %s the worth is told as not known", (_, costs) => {
    const { potential } = firstOf(people, { costs });
    expect(potential).toMatchObject({ cost: null, value: null });
    expect(potential).toHaveProperty(
      "sentence",
      expect.stringContaining("what winning a customer costs is not known"),
    );
  });

  test("with few new ones nothing is told", () => {
    expect(firstOf(people.slice(7)).potential).toEqual({ withheld: true });
    expect(firstOf(people.slice(11)).potential).toEqual({ withheld: true });
  });

  test("a young shop counts the days it has", () => {
    const young = firstOf(people.slice(0, 10));
    expect(young.potential).toMatchObject({ days: 10, expected: { customers: 365 } });
  });
});

describe("caused by personalization", () => {
  // Of each arm half bought: for 100 or 300, by turns; the personalized for 100 more. Value is revenue and as much again.
  const arm = (name: "personalized" | "held_out", n: number, more: number) =>
    times(n, (i) =>
      i % 2 === 0
        ? visitor({ arm: name })
        : customer({ arm: name }, { firstMinor: (i % 4 === 1 ? 100 : 300) + more }),
    );

  test("is the difference per person, times the personalized", () => {
    const { causedByPersonalization } = firstOf([
      ...arm("personalized", 2000, 100),
      ...arm("held_out", 400, 0),
    ]);
    // Per person: (0 + 0 + 400 + 800) / 4 = 300 against (0 + 0 + 200 + 600) / 4 = 200.
    expect(causedByPersonalization).toMatchObject({
      isKnown: true,
      personalized: 2000,
      heldOut: 400,
      perPerson: eur(100),
      total: { value: eur(200_000) },
    });
    // Variances 110,000 × 2000/1999 and 60,000 × 400/399; error √(55.03 + 150.38) = 14.33; df about 775.
    expect(causedByPersonalization).toHaveProperty("low.minor", expect.closeTo(100 - 28, 0));
    expect(causedByPersonalization).toHaveProperty("high.minor", expect.closeTo(100 + 28, 0));
  });

  test("with too few says how many are needed", () => {
    const { causedByPersonalization } = firstOf([
      ...arm("personalized", 2000, 100),
      ...arm("held_out", 98, 0),
    ]);
    expect(causedByPersonalization).toEqual({
      isKnown: false,
      sentence:
        "What personalization caused cannot be told yet: both the personalized and the held out need 100 people, 50 of them with an order in EUR.",
    });
  });
});

const cdnow = cdnowCards();
describe.skipIf(cdnow === undefined)("CDNOW", () => {
  test("revenue of 2,357 customers, and what the best tenth brought", () => {
    const equity = firstOf(cdnow!, { today: 10_408 });
    const values = cdnow!.map(({ purchases }) => purchases!.firstMinor + purchases!.repeatMinor);
    const sum = values.reduce((total, value) => total + value, 0);
    expect(equity.total).toMatchObject({ customers: 2357, revenue: { minor: sum, currency: "USD" } });
    const best = values.sort((a, b) => b - a).slice(0, 236);
    expect(equity.concentration[0]).toEqual({
      bestShare: 0.1,
      customers: 236,
      valueShare: best.reduce((total, value) => total + value, 0) / sum,
    });
  });
});
