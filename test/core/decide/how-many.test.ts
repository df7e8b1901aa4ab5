import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { worthShowing, worthsOf, type Proposed } from "../../../src/core/decide/how-many.ts";
import type { Evidence } from "../../../src/core/decide/strategy/strategy.ts";
import { worldOf } from "./scenes.ts";

const world = worldOf({ items: [] });
const NOTHING = { count: 0, best: 0 };
const bought = (own: number, times = 200): Proposed => ({
  own,
  byRules: 1,
  evidence: {
    code: "bought_together",
    with: 0,
    times,
    customers: Math.min(times, world.model.supportersCap),
  },
});
const like = (similarity: number): Proposed => ({
  own: 1,
  byRules: 1,
  evidence: { code: "same_type", as: 0, similarity },
});
const of = (code: "trending" | "bestseller" | "recently_viewed", own: number): Proposed => ({
  own,
  byRules: 1,
  evidence: { code },
});
const count = (candidates: readonly Proposed[], shown = NOTHING) =>
  worthShowing(candidates, world, shown).kept.length;

describe("how many", () => {
  test("good evidence fills a slot of four", () => {
    expect(count([bought(1), bought(0.8), bought(0.5), bought(0.3)])).toBe(4);
  });
  test("one that stands out is shown alone", () => {
    expect(count([bought(1), bought(0.05), bought(0.04)])).toBe(1);
  });
  test("three on the low bar; a fourth has to be better than that", () => {
    expect(count([bought(1), bought(0.15), bought(0.14), bought(0.13)])).toBe(3);
    expect(count([bought(1), bought(0.5), bought(0.4), bought(0.15)])).toBe(3);
    expect(count([bought(1), bought(0.5), bought(0.4), bought(0.25)])).toBe(4);
  });
  test("what few people did weighs less than what many did, at the same score", () => {
    const [often, seldom] = worthsOf([bought(1, 200), bought(1, 2)], world);
    expect(often).toBeGreaterThan(2 * seldom!);
  });
  test("lists that only have an order stay whole: the tenth best seller is no noise", () => {
    for (const code of ["trending", "bestseller", "recently_viewed"] as const)
      expect(count(Array.from({ length: 10 }, (_, i) => of(code, 1 / (1 + i) ** 2)))).toBe(10);
  });
  test("hardly alike is noise even where there is nothing better", () => {
    expect(count([like(0.05)])).toBe(0);
    expect(count([like(0.9), like(0.8)])).toBe(2);
  });
  test("scores are compared within one kind of evidence: the shop's own pairs do not drown", () => {
    const pair: Proposed = { own: 1e-4, byRules: 1, evidence: { code: "shop_pairs", with: 0 } };
    expect(count([bought(0.1), pair, { ...pair, own: 1e-5 }])).toBe(3);
  });
  test("what stands in the slot already sets the bar", () => {
    const { best } = worthShowing([bought(1), bought(0.9), bought(0.8)], world, NOTHING);
    expect(count([like(0.4)], NOTHING)).toBe(1);
    expect(count([like(0.4)], { count: 3, best })).toBe(0);
  });
  test("a boost helps its item over the bar and pushes nobody below it; a bury takes nothing away", () => {
    const [first, second, third] = [bought(1), bought(0.5), bought(0.05)] as const;
    expect(count([first, second, third])).toBe(2);
    expect(count([first, second, { ...third, byRules: 11 }])).toBe(3);
    expect(count([{ ...first, byRules: 11 }, second, third])).toBe(2);
    expect(count([first, { ...second, byRules: 1 / 11 }, third])).toBe(2);
  });

  test("keeps the order, is never NaN, and whoever is strictly better is never left out for a worse one", () => {
    const number = fc.oneof(fc.double({ min: 0, max: 10 }), fc.constant(Number.NaN));
    const evidence: fc.Arbitrary<Evidence> = fc.oneof(
      fc.record({
        code: fc.constant("bought_together" as const),
        with: fc.constant(0),
        times: number,
        customers: number,
      }),
      fc.record({ code: fc.constantFrom("trending" as const, "recently_viewed" as const) }),
      fc.record({ code: fc.constant("same_type" as const), as: fc.constant(0), similarity: number }),
    );
    const proposed = fc.record({
      own: number,
      byRules: fc.double({ min: 0.01, max: 10, noNaN: true }),
      evidence,
    });
    fc.assert(
      fc.property(fc.array(proposed, { maxLength: 20 }), (list) => {
        const worths = worthsOf(list, world);
        for (const worth of worths) expect(worth >= 0 && worth <= 1).toBe(true);
        const { kept, best } = worthShowing(list, world, NOTHING);
        expect(best).toBe(Math.max(0, ...worths));
        expect(kept).toEqual(list.filter((one) => kept.includes(one)));
        const left = list.flatMap((one, i) =>
          kept.includes(one) ? [] : [worths[i]! * Math.max(1, one.byRules)],
        );
        for (const worth of left) expect(worth).toBeLessThan(Math.max(0.05, 0.2 * best) + 1e-12);
      }),
    );
  });
});
