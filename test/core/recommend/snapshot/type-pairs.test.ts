import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { typePairs } from "../../../../src/core/recommend/snapshot/type-pairs.ts";
import { emptyModel } from "../../../../src/core/recommend/learn/model.ts";
import { buys, people, taught } from "../facts.ts";

/** "kettle-3" is a kettle; what has no number has no type. */
const typeOf = (item: string) => (item.includes("-") ? item.split("-")[0] : undefined);
const told = (pairs: ReturnType<typeof typePairs>, type: string) =>
  (pairs.get(type) ?? []).map((one) => [one.type, one.customers]);

describe("typePairs", () => {
  test("tells of kinds what is too rare to be told of items", () => {
    const model = taught(people(5).map((who, i) => buys(who, [`kettle-${i}`, `tea-${i}`])));
    const pairs = typePairs(model, typeOf, 5);
    expect(told(pairs, "kettle")).toEqual([["tea", 5]]);
    expect(told(pairs, "tea")).toEqual([["kettle", 5]]);
    expect(pairs.get("kettle")![0]!.weight).toBe(1);
  });

  test("needs as many different people as a pair of items does", () => {
    const fewer = taught(people(4).map((who, i) => buys(who, [`kettle-${i}`, `tea-${i}`])));
    expect(typePairs(fewer, typeOf, 5).size).toBe(0);
    const oneOften = taught(people(20).map((_, i) => buys("collector", [`kettle-${i}`, `tea-${i}`])));
    expect(typePairs(oneOften, typeOf, 2).size).toBe(0);
    expect(typePairs(oneOften, typeOf, 1).size).toBe(2);
  });

  test("adds rare pairs to told ones only where the rare ones alone have people enough", () => {
    // Kettle 0 and tea 0 are told (5 people). The rest of what kettles and teas say is one person's, who bought many.
    const facts = [
      ...people(5).map((who) => buys(who, ["kettle-0", "tea-0", "cup-0"])),
      ...people(5).map((who, i) => buys(`${who}-c`, [`kettle-${i}`, "cup-1"])),
    ];
    const lone = Array.from({ length: 9 }, (_, i) => buys("collector", [`kettle-${i + 9}`, `tea-${i + 9}`]));
    const weights = (all: typeof facts) =>
      Object.fromEntries(
        typePairs(taught(all), typeOf, 5)
          .get("kettle")!
          .map((one) => [one.type, one.weight]),
      );
    expect(weights([...facts, ...lone])).toEqual(weights(facts));
  });

  test("holds back what is bought with everything", () => {
    const facts = [
      ...people(6).map((who) => buys(who, ["kettle-1", "tea-1"])),
      ...people(7).map((who) => buys(`${who}-b`, ["kettle-1", "bag-1"])),
      ...people(40).map((who, i) => buys(`${who}-x`, [`other${i % 8}-1`, "bag-1"])),
    ];
    expect(told(typePairs(taught(facts), typeOf, 5), "kettle").map(([type]) => type)).toEqual(["tea", "bag"]);
  });

  test("says nothing within a kind, nor of items without one", () => {
    const model = taught(people(9).map((who) => buys(who, ["kettle-1", "kettle-2", "bread"])));
    expect(typePairs(model, typeOf, 5).size).toBe(0);
  });

  test("is bounded: 64 partners of a kind, the strongest first", () => {
    const model = taught(
      people(5).flatMap((who) => Array.from({ length: 90 }, (_, i) => buys(who, ["hub-1", `spoke${i}-1`]))),
    );
    const partners = typePairs(model, typeOf, 5).get("hub")!;
    expect(partners).toHaveLength(64);
    expect(partners.map((one) => one.weight)).toEqual(
      partners.map((one) => one.weight).toSorted((a, b) => b - a),
    );
  });

  test("an empty model, a threshold beyond what is told apart: nothing", () => {
    expect(typePairs(emptyModel(), typeOf, 5).size).toBe(0);
    const model = taught(people(9).map((who) => buys(who, ["kettle-1", "tea-1"])));
    expect(typePairs(model, typeOf, 6).size).toBe(0);
  });

  test("no pair of kinds is told with fewer different buyers than asked, whatever was bought", () => {
    const order = fc.record({
      who: fc.integer({ min: 0, max: 7 }),
      items: fc.uniqueArray(fc.integer({ min: 0, max: 11 }), { minLength: 1, maxLength: 5 }),
    });
    fc.assert(
      fc.property(fc.array(order, { maxLength: 60 }), (orders) => {
        const kindOf = (item: string) => `kind${Number(item.slice(1)) % 4}`;
        const facts = orders.map(({ who, items }) =>
          buys(
            `p${who}`,
            items.map((item) => `i${item}`),
          ),
        );
        const buyers = new Map<string, Set<string>>();
        for (const { who, items } of facts) {
          for (const a of items) {
            for (const b of items) {
              const key = `${kindOf(a)} ${kindOf(b)}`;
              buyers.set(key, (buyers.get(key) ?? new Set()).add(who));
            }
          }
        }
        for (const [type, partners] of typePairs(taught(facts), kindOf, 3)) {
          for (const one of partners) {
            expect(one.weight).toBeGreaterThan(0);
            expect(one.weight).toBeLessThanOrEqual(1);
            expect(one.type).not.toBe(type);
            expect(buyers.get(`${type} ${one.type}`)!.size).toBeGreaterThanOrEqual(
              Math.max(3, one.customers),
            );
          }
        }
      }),
    );
  });
});
