import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Fact } from "../../../../src/core/recommend/fact.ts";
import { emptyModel, learn } from "../../../../src/core/recommend/learn/model.ts";
import { scoreUpSell, type UpSellOption } from "../../../../src/core/recommend/score/up-sell.ts";
import { publish } from "../../../../src/core/recommend/snapshot/publish.ts";
import { emptySnapshot, type ModelSnapshot } from "../../../../src/core/recommend/snapshot/snapshot.ts";

const DAY_MS = 86_400_000;
const buys = (who: string, ...items: string[]): Fact[] =>
  items.map((item, day) => ({ who, session: day, at: (day + 1) * DAY_MS, kind: "buy", items: [item] }));

function snapshotOf(facts: readonly Fact[], minCustomers = 1): ModelSnapshot {
  const model = emptyModel();
  for (const fact of facts) learn(model, fact);
  return publish(model, { minCustomers, version: 1, now: 100 * DAY_MS });
}

const people = (n: number, name: string, ...items: string[]): Fact[] =>
  Array.from({ length: n }, (_, i) => buys(`${name}${i}`, ...items)).flat();

/** Two dearer kettles: many buy "plus" alone, and after the basic one people go to "pro". */
const SHOP = snapshotOf([...people(20, "a", "plus"), ...people(8, "b", "basic", "pro")]);

const optionOf = (snapshot: ModelSnapshot, id: string, more: Partial<UpSellOption> = {}): UpSellOption => ({
  index: snapshot.index.get(id) ?? -1,
  ratio: 1.25,
  isSameBrand: false,
  ...more,
});
const ask = (snapshot: ModelSnapshot, from: string, options: readonly UpSellOption[]) =>
  scoreUpSell(snapshot, snapshot.index.get(from) ?? -1, options);

describe("what speaks for an option", () => {
  test("switches that people made beat popularity, and are told", () => {
    const [plus, pro] = ask(SHOP, "basic", [optionOf(SHOP, "plus"), optionOf(SHOP, "pro")]);
    expect(pro!.score).toBeGreaterThan(plus!.score);
    expect([plus!.customers, pro!.customers]).toEqual([0, SHOP.supportersCap]);
  });

  test("without switches from it, popularity decides", () => {
    const [plus, pro] = ask(SHOP, "elsewhere", [optionOf(SHOP, "plus"), optionOf(SHOP, "pro")]);
    expect(plus!.score).toBeGreaterThan(pro!.score);
    expect(pro!.customers).toBe(0);
  });

  test("a switch back counts for the pair, less than one up, and is not told as one up", () => {
    const back = snapshotOf([...people(8, "a", "pro", "basic"), ...people(8, "b", "plus")]);
    const up = snapshotOf([...people(8, "a", "basic", "pro"), ...people(8, "b", "plus")]);
    const none = snapshotOf([
      ...people(8, "a", "basic"),
      ...people(8, "c", "pro"),
      ...people(8, "b", "plus"),
    ]);
    const scoreOfPro = (snapshot: ModelSnapshot) =>
      ask(snapshot, "basic", [optionOf(snapshot, "plus"), optionOf(snapshot, "pro")])[1]!;
    expect(scoreOfPro(back).score).toBeGreaterThan(scoreOfPro(none).score);
    expect(scoreOfPro(up).score).toBeGreaterThan(scoreOfPro(back).score);
    expect(scoreOfPro(back).customers).toBe(0);
  });

  test("one switch does not overrule a clear favourite", () => {
    const shop = snapshotOf([...people(200, "a", "plus"), ...people(1, "b", "basic", "pro")]);
    const [plus, pro] = ask(shop, "basic", [optionOf(shop, "plus"), optionOf(shop, "pro")]);
    expect(plus!.score).toBeGreaterThan(pro!.score);
  });

  test("the same maker, and the usual step in price, of two that are otherwise equal", () => {
    const unknown = emptySnapshot();
    const [near, kin, far] = ask(unknown, "basic", [
      optionOf(unknown, "x"),
      optionOf(unknown, "y", { isSameBrand: true }),
      optionOf(unknown, "z", { ratio: 2 }),
    ]);
    expect(kin!.score).toBeGreaterThan(near!.score);
    expect(near!.score).toBeGreaterThan(far!.score);
    expect(far!.score).toBeGreaterThan(0);
  });

  test("where nobody buys on record, visits speak", () => {
    const views = Array.from({ length: 30 }, (_, i): Fact[] => [
      { who: `v${i}`, session: 1, at: DAY_MS + i, kind: "view", items: [i < 25 ? "plus" : "pro"] },
    ]).flat();
    const shop = snapshotOf(views);
    const [pro, plus] = ask(shop, "basic", [optionOf(shop, "pro"), optionOf(shop, "plus")]);
    expect(plus!.score).toBeGreaterThan(pro!.score);
  });

  test("what too few people stand behind is not in the snapshot, and so in no score", () => {
    const options = (shop: ModelSnapshot) => [optionOf(shop, "plus"), optionOf(shop, "pro")];
    const few = snapshotOf([...people(20, "a", "plus"), ...people(4, "b", "basic", "pro")], 5);
    const [plus, pro] = ask(few, "basic", options(few));
    expect(plus!.score).toBeGreaterThan(pro!.score);
    expect(pro!.customers).toBe(0);
  });
});

const anyNumber = fc.oneof(
  fc.double(),
  fc.constantFrom(0, -1, 1, 1e-320, 1e308, Number.NaN, Infinity, -Infinity),
  fc.double({ min: 0.5, max: 3, noNaN: true }),
);

describe("for any input", () => {
  test("scores are shares that add up to at most 1; what is not dearer has none", () => {
    const anyOption = fc.record({
      index: fc.integer({ min: -1, max: SHOP.items.length + 2 }),
      ratio: anyNumber,
      isSameBrand: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: -1, max: SHOP.items.length + 2 }),
        fc.array(anyOption, { maxLength: 20 }),
        (seed, options) => {
          const scored = scoreUpSell(SHOP, seed, options);
          expect(scored.length).toBe(options.length);
          let total = 0;
          for (const [i, { score, customers }] of scored.entries()) {
            const { ratio } = options[i]!;
            expect(score >= 0 && score <= 1 && customers >= 0, `${score}`).toBe(true);
            expect(score > 0).toBe(ratio >= 1 && ratio < Infinity);
            total += score;
          }
          expect(total).toBeLessThanOrEqual(1 + 1e-9);
        },
      ),
    );
  });

  test("the order of the options does not change what each gets", () => {
    const options = ["plus", "pro", "basic", "nowhere"].map((id, i) =>
      optionOf(SHOP, id, { ratio: 1.1 + i / 5 }),
    );
    const straight = ask(SHOP, "basic", options);
    const turned = ask(SHOP, "basic", options.toReversed()).toReversed();
    for (const [i, one] of straight.entries()) expect(turned[i]!.score).toBeCloseTo(one.score, 12);
  });
});
