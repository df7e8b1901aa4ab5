import { describe, expect, test } from "vitest";
import { CARD_ANALYTICS, type Card, type Funnel } from "../../../src/core/card/card.ts";
import { gatherBefore } from "../../../src/core/insight/before.ts";
import { gatherJourneys } from "../../../src/core/insight/journeys.ts";
import { gatherPrioritising } from "../../../src/core/insight/prioritising.ts";
import { gatherRanks } from "../../../src/core/insight/ranks.ts";
import { gatherSources } from "../../../src/core/insight/sources.ts";
import { isWithheld } from "../../../src/core/insight/withhold.ts";
import { bought, customer, gather, simpleScore, times, TODAY, visitor } from "./people.ts";

const ranksOf = (cards: Card[]) => gather(cards, gatherRanks());
/** Twenty worth 9,000 each and eighty worth 1,000 each. */
const hundred = (over: (i: number) => Partial<Card>) =>
  times(100, (i) => customer(over(i), { firstMinor: i < 20 ? 9000 : 1000 }));

describe("who is best", () => {
  test.each([
    ["ten different ones: the two best are the best fifth", times(10, (i) => i + 1), [9, 10]],
    ["of equals at the border none", [1, 1, 1, 1, 1, 1, 1, 5, 5, 5], []],
    ["all alike", times(10, () => 7), []],
    ["one", [7], [7]],
  ])("%s", (_, values, expected) => {
    const ranks = ranksOf(values.map((firstMinor) => customer({}, { firstMinor })));
    const best = values.filter((firstMinor) => {
      const purchases = bought({ firstMinor });
      return ranks.isBest(purchases, simpleScore(purchases), 0.2);
    });
    expect(best).toEqual(expected);
  });

  test("is told by currency, by expected value or else by revenue", () => {
    const cards = [
      ...times(10, (i) => customer({}, { firstMinor: i })),
      ...times(10, (i) => customer({}, { currency: "USD", firstMinor: 1000 * i })),
    ];
    const ranks = gather(cards, gatherRanks(), (purchases) =>
      purchases.currency === "EUR" ? simpleScore(purchases) : { clvMinor: null, expectedOrders: null },
    );
    expect([ranks.rankedBy("EUR"), ranks.rankedBy("USD"), ranks.rankedBy("SEK")]).toEqual([
      "clv",
      "revenue",
      undefined,
    ]);
    expect(ranks.isBest(bought({ firstMinor: 9 }), simpleScore(bought({ firstMinor: 9 })), 0.2)).toBe(true);
    expect(ranks.isBest(bought({ firstMinor: 9, currency: "USD" }), undefined, 0.2)).toBe(false);
  });
});

describe("sources", () => {
  const cards = hundred((i) => ({ source: i < 15 || i >= 75 ? "search" : "mail" }));

  test("by customers, value and share of the best", () => {
    const [found] = gather(cards, gatherSources(ranksOf(cards))).currencies;
    expect(found).toMatchObject({
      currency: "EUR",
      customers: 100,
      rankedBy: "clv",
      sources: [
        {
          source: "mail",
          customers: 60,
          share: 0.6,
          revenue: { minor: 5 * 9000 + 55 * 1000, currency: "EUR" },
          bestFifthShare: 5 / 60,
        },
        {
          source: "search",
          customers: 40,
          clvPerCustomer: { minor: 4000, currency: "EUR" },
          bestFifthShare: 15 / 40,
        },
      ],
    });
  });

  test("one best customer's source cannot be worked out", () => {
    const some = hundred((i) => ({
      source: i === 3 ? "mail" : i < 60 ? "search" : i < 80 ? "mail" : "social",
    }));
    const [found] = gather(some, gatherSources(ranksOf(some))).currencies;
    if (!found || isWithheld(found)) throw new Error("withheld");
    const hidden = found.sources.filter((row) => !isWithheld(row) && isWithheld(row.bestFifthShare));
    expect(hidden.map(({ source }) => source).sort()).toEqual(["mail", "search"]);
  });
});

describe("looked at before buying", () => {
  const cards = hundred((i) => ({
    before: [i < 15 || i >= 84 ? "Tea" : "Mugs", ...(i === 40 ? ["Rare"] : [])],
  }));

  test("more by the best: 15 of 20 against 16 of 80", () => {
    const found = gather(cards, gatherBefore(ranksOf(cards)));
    if (isWithheld(found)) throw new Error("withheld");
    expect(found).toMatchObject({ best: 20, others: 80, typesWithheld: 1 });
    const [tea, mugs] = found.types;
    expect(tea).toMatchObject({
      type: "Tea",
      bestShare: 0.75,
      othersShare: 0.2,
      lift: 3.75,
      finding: "more",
    });
    // √(1/15 − 1/20 + 1/16 − 1/80) = 0.2582; for two types z is 2.2414: 3.75 × e^±0.5788.
    expect(tea!.low).toBeCloseTo(3.75 * Math.exp(-0.5788), 3);
    expect(tea!.high).toBeCloseTo(3.75 * Math.exp(0.5788), 3);
    expect(mugs).toMatchObject({ type: "Mugs", lift: 0.3125, finding: "less" });
  });

  test("of few best nothing is told, and of whom nothing is known nobody counts", () => {
    const few = times(20, (i) => customer({ before: ["Tea"] }, { firstMinor: i < 4 ? 9 : 1 }));
    expect(gather(few, gatherBefore(ranksOf(few)))).toEqual({ withheld: true });
    const unknown = [...cards, ...times(50, () => customer())];
    expect(gather(unknown, gatherBefore(ranksOf(cards)))).toMatchObject({ best: 20, others: 80 });
  });
});

describe("journeys", () => {
  const search = ["search", "product", "add", "order"];
  const direct = ["product", "order"];
  const cards = hundred((i) => ({
    path: i < 15 || i >= 75 ? search : i === 50 ? ["other", "order"] : direct,
  }));

  test("the most common paths, those of few together", () => {
    const all = [...cards, ...times(6, (i) => customer({ path: [`p${i}`, "order"] }))];
    const { customers, paths } = gather(all, gatherJourneys(ranksOf(cards)));
    expect(customers).toBe(106);
    expect(paths.map((row) => (isWithheld(row) ? row : [row.steps, row.customers]))).toEqual([
      [direct, 59],
      [search, 40],
      [null, 7],
    ]);
    expect(paths[1]).toMatchObject({ share: 40 / 106, bestFifthShare: 15 / 40 });
  });

  test("one customer's path is not what is left of all", () => {
    const { customers, paths } = gather(cards, gatherJourneys(ranksOf(cards)));
    const told = paths.flatMap((row) => (isWithheld(row) ? [] : [row.customers]));
    expect([customers, told]).toEqual([100, [59]]);
  });

  test("funnels of the best, of others, and of who has not bought", () => {
    const funnel = (...stages: number[]) => stages as unknown as Funnel;
    const some = [
      ...hundred((i) => ({ funnel: i < 20 ? funnel(4, 4, 2, 1, 1) : funnel(5, 3, 1, 1, 1) })),
      ...times(10, () => visitor({ funnel: funnel(3, 0, 0, 0, 0) })),
    ];
    const { stages, funnels } = gather(some, gatherJourneys(ranksOf(some)));
    expect(stages).toEqual(["visit", "product", "cart", "checkout", "order"]);
    expect(funnels.best_fifth).toEqual([
      { stage: "visit", people: 20, visits: 80, reachedShare: 1, lostShare: null },
      { stage: "product", people: 20, visits: 80, reachedShare: 1, lostShare: 0 },
      { stage: "cart", people: 20, visits: 40, reachedShare: 0.5, lostShare: 0.5 },
      { stage: "checkout", people: 20, visits: 20, reachedShare: 0.25, lostShare: 0.5 },
      { stage: "order", people: 20, visits: 20, reachedShare: 0.25, lostShare: 0 },
    ]);
    expect(funnels.not_yet[1]).toEqual({
      stage: "product",
      people: 0,
      visits: 0,
      reachedShare: 0,
      lostShare: 1,
    });
    expect(funnels.all[0]).toMatchObject({ people: 110, visits: 80 + 400 + 30 });
  });

  test("a stage that few alone did not reach is withheld, and other groups with it", () => {
    const funnel = (cart: number): Funnel => [2, 2, cart, 0, 0];
    const some = hundred((i) => ({ funnel: funnel(i < 2 ? 0 : 2) }));
    const { funnels } = gather(some, gatherJourneys(ranksOf(some)));
    expect(funnels.best_fifth[2]).toEqual({ stage: "cart", withheld: true });
    expect(funnels.others[2]).toEqual({ stage: "cart", withheld: true });
    expect(funnels.all[2]).toEqual({ stage: "cart", withheld: true });
    expect(funnels.all[1]).toMatchObject({ people: 100 });
  });
});

describe("prioritising", () => {
  /** The hundred best and 900 others, with four repeat orders in 200 days (one in 50 days) until `silence` days ago. */
  const thousand = (over: (isBest: boolean, i: number) => Partial<Card>, silence = (_i: number) => 50) =>
    times(1000, (i) =>
      customer(over(i < 100, i), {
        firstMinor: i < 100 ? 9000 : 1000,
        firstDay: TODAY - silence(i) - 200,
        lastDay: TODAY - silence(i),
        repeats: 4,
        repeatMinor: 1,
        orders: 5,
      }),
    );
  const answer = (cards: Card[]) => {
    const found = gather(cards, gatherPrioritising(ranksOf(cards), TODAY));
    if (isWithheld(found)) throw new Error("withheld");
    return found;
  };

  test("a shop that sees its best more often than others", () => {
    const found = answer(
      thousand((isBest, i) => ({ lastDay: TODAY - (isBest === (i % 5 === 0) ? 31 : 30) })),
    );
    expect(found.signs[0]).toMatchObject({
      sign: "seen",
      best: { customers: 80, of: 100, share: 0.8 },
      others: { customers: 180, of: 900, share: 0.2 },
      finding: "more",
    });
    expect(found).toMatchObject({ best: 100, others: 900, answer: "yes" });
    expect(found.sentences).toEqual([
      "Your best tenth are 100 customers; you look after them better than after others.",
      "80 % of them were seen in the last 30 days, against 20 % of the others.",
    ]);
  });

  test("a shop whose best have gone quiet", () => {
    // Twice 50 days are 100: 80 of the best are beyond, and 90 of the others.
    const found = answer(
      thousand(
        (_, i) => ({
          may: i % 2 === 0 ? CARD_ANALYTICS : 0,
          arm: i % 10 === 0 ? "held_out" : "personalized",
        }),
        (i) => (i < 80 || i >= 910 ? 101 : 100),
      ),
    );
    const [seen, overdue, personalized, reachable] = found.signs;
    expect(overdue).toMatchObject({
      best: { customers: 80, of: 100 },
      others: { customers: 90, of: 900 },
      finding: "more",
    });
    // Only of half of them may it be known when they were seen.
    expect(seen).toMatchObject({ best: { customers: 50, of: 50 }, finding: "unclear" });
    expect(personalized).toMatchObject({ best: { customers: 90, of: 100 }, finding: "unclear" });
    expect(reachable).toMatchObject({ best: { withheld: true }, difference: null, finding: "unclear" });
    expect(found.answer).toBe("no");
    expect(found.sentences).toEqual([
      "Your best tenth are 100 customers; you look after them less well than after others.",
      "80 % of them have been silent for more than twice their usual time between orders, against 10 % of the others.",
      "80 of them are overdue: write to these first, where they allow it.",
    ]);
  });

  test("few best ones are not told of", () => {
    const few = times(40, (i) => customer({}, { firstMinor: i }));
    expect(gather(few, gatherPrioritising(ranksOf(few), TODAY))).toEqual({ withheld: true });
  });
});
