import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decide } from "../../../src/core/decide/decide.ts";
import { explain } from "../../../src/core/decide/explain.ts";
import { ITEMS, item, NOW, person, sceneOf, worldOf } from "./scenes.ts";

const why = (
  world: ReturnType<typeof worldOf>,
  id: string,
  slot: { id: string; max?: number; min?: number },
  circumstances: Parameters<typeof sceneOf>[1] = { current: "kettle" },
) => explain(sceneOf(world, circumstances), { slot, pageType: "product" }, world.catalog.ordinal.get(id)!);

/** Rules of every kind, so that each may settle what becomes of an item. */
const RULES = fc.constantFrom(
  { do: "hide", items: ["tea", "cup"] },
  { do: "pin", items: ["spoon"], position: 1 },
  { do: "pin", items: ["gone"], position: 2 },
  { do: "boost", items: ["cup"], strength: 3 },
  { do: "bury", where: { type: "Tea" }, strength: 2 },
  { do: "filter", where: { type: { $in: ["Tea", "Cups", "Kettles"] } } },
  { do: "limit", max: 1 },
  { do: "limit", max: 0 },
);

test("an item is said to be shown exactly where a decision shows it, at its place", () => {
  const items = [...ITEMS, item("gone", { type: "Tea", availability: "out_of_stock" as const })];
  const outcomes = new Set<string>();
  fc.assert(
    fc.property(
      fc.array(RULES, { maxLength: 3 }),
      fc.constantFrom("goes-with", "better", "trending", "similar", "for-you", "set"),
      fc.constantFrom("kettle", "tea", "spoon", undefined),
      fc.integer({ min: 0, max: 6 }),
      fc.integer({ min: 0, max: 3 }),
      fc.boolean(),
      (then, id, current, max, min, isKnown) => {
        const rules = then.map((action, i) => ({ id: `r${i}`, then: [action] }));
        const world = worldOf({ items, config: { holdout: { share: 0 }, rules } as never });
        const asked = { ...(current ? { current } : {}), ...(isKnown ? { profile: person() } : {}) };
        const slot = { id, max, min };
        const [decided] = decide(sceneOf(world, asked), { slots: [slot], unit: "", pageType: "product" });
        const shown = decided!.answer.items.map((one) => one.id);
        for (const one of items) {
          const said = why(world, one.id, slot, asked);
          outcomes.add(said.outcome);
          expect(said.outcome === "shown", `${one.id}: ${said.outcome}`).toBe(shown.includes(one.id));
          if (said.outcome === "shown") expect(shown[said.place! - 1]).toBe(one.id);
          expect(said.picks.map(({ ordinal }) => world.catalog.items[ordinal]!.id)).toEqual(shown);
        }
      },
    ),
    { numRuns: 150 },
  );
  // Not a law of nothing: each of these came up.
  for (const outcome of ["shown", "obstacle", "not_proposed", "outranked", "limited_to_none", "too_few"])
    expect([...outcomes]).toContain(outcome);
});

describe("what stopped an item is named", () => {
  const world = (rules: readonly object[]) => worldOf({ config: { rules } as never });
  test("the rule that hides it, and not the one that only lifts it", () => {
    const hidden = world([
      { id: "lift", then: [{ do: "boost", items: ["tea"] }] },
      { id: "no-tea", then: [{ do: "hide", where: { type: "Tea" } }] },
    ]);
    expect(why(hidden, "tea", { id: "goes-with" }, { current: "kettle-plus" })).toMatchObject({
      outcome: "obstacle",
      obstacle: "hidden",
      rules: [
        { rule: "lift", does: "boost", isDecisive: false },
        { rule: "no-tea", does: "hide", isDecisive: true },
      ],
    });
  });

  test("the filter it does not pass; the page's own item; the cart", () => {
    const filtered = world([{ id: "cups", then: [{ do: "filter", where: { type: "Cups" } }] }]);
    expect(why(filtered, "tea", { id: "goes-with" }, { current: "kettle-plus" })).toMatchObject({
      obstacle: "filtered",
      rules: [{ rule: "cups", does: "filter", isDecisive: true }],
    });
    const plain = worldOf();
    expect(why(plain, "kettle", { id: "trending" }).obstacle).toBe("current");
    expect(why(plain, "tea", { id: "trending" }, { cart: ["tea"] }).obstacle).toBe("in_cart");
  });

  test("what somebody known said of it", () => {
    const refuser = person((profile) => profile.feedback.set("tea", { kind: "not_this", at: NOW - 1000 }));
    const said = why(worldOf(), "tea", { id: "goes-with" }, { current: "kettle-plus", profile: refuser });
    expect(said).toMatchObject({ outcome: "obstacle", obstacle: "customer_said_no" });
  });

  test("a recipe that never comes upon it says so, and one that does tells its numbers", () => {
    const said = why(worldOf(), "tea", { id: "goes-with" }, { current: "kettle-plus" });
    expect(said).toMatchObject({ outcome: "shown", place: 1 });
    expect(said.recipes[0]).toMatchObject({ strategy: "cross_sell", rank: 1, byRules: 1, byTaste: 1 });
    expect(said.recipes[0]!.score).toBeCloseTo(said.recipes[0]!.own!, 10);
    const other = why(worldOf(), "cup", { id: "better" }, { current: "kettle-plus" });
    expect(other).toMatchObject({ outcome: "not_proposed" });
    expect(other.recipes[0]).not.toHaveProperty("rank");
  });
});
