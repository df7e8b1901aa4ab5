import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { completeSet, type BundleSettings, type Piece } from "../../../../src/core/recommend/score/bundle.ts";
import { publish } from "../../../../src/core/recommend/snapshot/publish.ts";
import type { Fact } from "../../../../src/core/recommend/fact.ts";
import type { ModelSnapshot } from "../../../../src/core/recommend/snapshot/snapshot.ts";
import { emptySnapshot } from "../../../../src/core/recommend/snapshot/snapshot.ts";
import { buys, NOON, people, taught } from "../facts.ts";

const snapshotOf = (facts: readonly Fact[]) =>
  publish(taught(facts), { minCustomers: 1, version: 1, now: NOON });
const piece = (
  snapshot: ModelSnapshot,
  item: string,
  price = 100,
  kind: string | undefined = item,
): Piece => ({
  index: snapshot.index.get(item)!,
  price,
  kind,
});
const settings = (more: Partial<BundleSettings> = {}): BundleSettings => ({
  priceMax: 1_000,
  sizeMax: 4,
  popularityDamping: 0.2,
  ...more,
});

/** A tent goes with a mat and a stove that go with each other; also with a novel, which goes with neither. */
const CAMP = snapshotOf([
  ...people(20).map((who) => buys(who, ["tent", "mat", "stove"])),
  ...people(20).map((who) => buys(`${who}-n`, ["tent", "novel"])),
  ...people(8).map((who) => buys(`${who}-m`, ["tent", "mat"])),
  ...people(40).map((who) => buys(`${who}-s`, ["soap", "towel"])),
]);
const seeds = [CAMP.index.get("tent")!];
const names = (set: readonly { piece: Piece }[]) => set.map((one) => CAMP.items[one.piece.index]);
const all = ["mat", "stove", "novel", "soap"].map((item) => piece(CAMP, item));

describe("completeSet", () => {
  test("takes what goes with the seed and with each other", () => {
    const set = completeSet(CAMP, seeds, new Set(), all, settings());
    expect(names(set).toSorted()).toEqual(["mat", "stove"]);
    expect(set[0]!.evidence).toEqual({ with: seeds[0], times: expect.any(Number), customers: 5 });
    for (const { score } of set) expect(score).toBeGreaterThan(0);
  });

  test("says which pair spoke loudest, the seed's or one within the set", () => {
    const set = completeSet(CAMP, seeds, new Set(), all, settings());
    const stove = set.find((one) => CAMP.items[one.piece.index] === "stove")!;
    expect(stove.evidence.times).toBe(20);
  });

  test("keeps under the price, all pieces together", () => {
    const dear = [piece(CAMP, "mat", 600), piece(CAMP, "stove", 500), piece(CAMP, "novel", 10)];
    expect(completeSet(CAMP, seeds, new Set(), dear, settings())).toEqual([]);
    expect(names(completeSet(CAMP, seeds, new Set(), dear, settings({ priceMax: 1_100 })))).toHaveLength(2);
  });

  test("never two of a kind, nor one of a seed's", () => {
    const alike = [piece(CAMP, "mat", 100, "gear"), piece(CAMP, "stove", 100, "gear")];
    expect(completeSet(CAMP, seeds, new Set(), alike, settings())).toEqual([]);
    expect(completeSet(CAMP, seeds, new Set(["mat"]), all, settings())).toEqual([]);
  });

  test.each([
    ["no price", Number.NaN],
    ["a price of nothing", 0],
    ["a negative price", -5],
    ["an endless price", Infinity],
  ])("leaves out a piece with %s", (_, price) => {
    const odd = [piece(CAMP, "mat", price), piece(CAMP, "stove"), piece(CAMP, "novel")];
    expect(names(completeSet(CAMP, seeds, new Set(), odd, settings({ priceMax: Infinity })))).not.toContain(
      "mat",
    );
  });

  test.each([
    ["an empty snapshot", emptySnapshot(), [0], all],
    ["no seeds", CAMP, [], all],
    ["a seed out of range", CAMP, [4_000_000], all],
    ["no pieces", CAMP, seeds, []],
  ])("%s: no set", (_, snapshot, from, pieces) => {
    expect(completeSet(snapshot, from, new Set(), pieces, settings())).toEqual([]);
  });

  test("no budget, no set", () => {
    for (const priceMax of [0, -1, Number.NaN]) {
      expect(completeSet(CAMP, seeds, new Set(), all, settings({ priceMax }))).toEqual([]);
    }
  });

  test("any beginning of a set is a set: within the price, of different kinds, each tied to all before", () => {
    const order = fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(
        fc.array(order, { minLength: 5, maxLength: 60 }),
        fc.array(fc.integer({ min: -50, max: 400 }), { minLength: 10, maxLength: 10 }),
        fc.integer({ min: 0, max: 900 }),
        (orders, prices, priceMax) => {
          const snapshot = snapshotOf(
            orders.map((items, i) =>
              buys(
                `p${i}`,
                items.map((item) => `i${item}`),
              ),
            ),
          );
          const pieces = snapshot.items.map((item, index): Piece => {
            const number = Number(item.slice(1));
            return {
              index,
              price: prices[number]!,
              kind: number % 3 === 0 ? undefined : `kind${number % 5}`,
            };
          });
          const set = completeSet(snapshot, [0], new Set(), pieces, settings({ priceMax }));
          expect(set.length).not.toBe(1);
          expect(set.reduce((sum, one) => sum + one.piece.price, 0)).toBeLessThanOrEqual(priceMax);
          const kinds = set.flatMap((one) => one.piece.kind ?? []);
          expect(new Set(kinds).size).toBe(kinds.length);
          const together = (a: number, b: number) =>
            orders.some((items) => {
              const bought = items.map((item) => `i${item}`);
              return bought.includes(snapshot.items[a]!) && bought.includes(snapshot.items[b]!);
            });
          for (const [place, one] of set.entries()) {
            expect(one.score > 0 && one.score <= 1.000001).toBe(true);
            expect(one.piece.price).toBeGreaterThan(0);
            for (const other of [0, ...set.slice(0, place).map((before) => before.piece.index)]) {
              expect(together(one.piece.index, other)).toBe(true);
            }
          }
          const shorter = completeSet(snapshot, [0], new Set(), pieces, settings({ priceMax, sizeMax: 2 }));
          expect(shorter).toEqual(set.slice(0, 2));
        },
      ),
    );
  });
});
