import { describe, expect, test } from "vitest";
import type { CatalogItem } from "../../../src/core/catalog/item.ts";
import { DEFAULT_SETTINGS } from "../../../src/core/config/defaults.ts";
import { alsoViewed } from "../../../src/core/decide/strategy/also-viewed.ts";
import { throughTwins, withArrivals } from "../../../src/core/decide/strategy/cold.ts";
import { newArrivals } from "../../../src/core/decide/strategy/new-arrivals.ts";
import { sameType } from "../../../src/core/decide/strategy/same-type.ts";
import type { Candidate } from "../../../src/core/decide/strategy/strategy.ts";
import { whyOf } from "../../../src/core/decide/why.ts";
import type { World } from "../../../src/core/decide/world.ts";
import type { Fact } from "../../../src/core/recommend/fact.ts";
import { isWarm, standIns, voicesOf } from "../../../src/core/recommend/content/stand-ins.ts";
import { scoreCrossSell } from "../../../src/core/recommend/score/complements.ts";
import { DAY, item, NOW, sceneOf, worldOf } from "./scenes.ts";

const titled = (id: string, title: string, more: Partial<CatalogItem> = {}) => item(id, { title, ...more });

/** A teapot that eight people looked at and bought with a cosy, and things that nobody knows yet. */
const ITEMS = [
  titled("teapot", "Blue ceramic teapot", { type: "Teapots" }),
  titled("cosy", "Quilted tea cosy", { type: "Cosies" }),
  titled("new-teapot", "Green ceramic teapot", { type: "Teapots" }),
  titled("new-cosy", "Quilted tea cosy large", { type: "Cosies" }),
  titled("anvil", "Anvil", { type: "Forge" }),
  ...Array.from({ length: 10 }, (_, i) =>
    titled(`other-${i}`, `Xq${"abcdefghij"[i]!.repeat(4)}`, { type: `T${i}` }),
  ),
];
const FACTS: readonly Fact[] = Array.from({ length: 8 }, (_, i): Fact[] => [
  { who: `a${i}`, session: 1, at: NOW - DAY + i, kind: "view", items: ["teapot"] },
  { who: `a${i}`, session: 1, at: NOW - DAY + 10 + i, kind: "view", items: ["cosy"] },
  { who: `a${i}`, session: 1, at: NOW - DAY + 20 + i, kind: "buy", items: ["teapot", "cosy"] },
  { who: `b${i}`, session: 1, at: NOW - DAY + 30 + i, kind: "buy", items: ["something", "else"] },
]).flat();

const world = worldOf({ items: ITEMS, facts: FACTS });
const at = (id: string, of: World = world) => of.catalog.ordinal.get(id)!;
const named = (candidates: readonly { readonly ordinal: number }[], of: World = world) =>
  candidates.map(({ ordinal }) => of.catalog.items[ordinal]!.id);
const ask = (current: string, of: World = world) => ({
  scene: sceneOf(of, { current }),
  seeds: [at(current, of)],
  settings: DEFAULT_SETTINGS,
  limit: 20,
});
const complements = (seed: string, of: World = world) =>
  throughTwins(
    of,
    [at(seed, of)],
    (voices) =>
      scoreCrossSell(
        of.model,
        voices.map(({ ordinal, weight }) => ({ item: of.catalog.items[ordinal]!.id, weight })),
      ),
    10,
  );

describe("stand-ins", () => {
  test("an item is warm once enough people saw it", () => {
    expect(isWarm(world, at("teapot"))).toBe(true);
    expect(isWarm(world, at("new-teapot"))).toBe(false);
    const few = worldOf({ items: ITEMS, facts: FACTS.filter(({ who }) => who < "a4") });
    expect(isWarm(few, at("teapot", few))).toBe(false);
  });

  test("a cold item's are the warm ones like it; nobody stands in for a stranger", () => {
    expect(named(standIns(world, at("new-teapot")))).toEqual(["teapot"]);
    expect(standIns(world, at("anvil"))).toEqual([]);
  });

  test("a sensitive item has none and is none", () => {
    const hushed = worldOf({
      items: ITEMS.map((one) => (one.id.includes("teapot") ? { ...one, sensitive: true } : one)),
      facts: FACTS,
    });
    expect(standIns(hushed, at("new-teapot", hushed))).toEqual([]);
    expect(named(withArrivals(hushed, [], [], 10), hushed)).toEqual([]);
  });

  test("voices have one say together, however many seeds there are", () => {
    const seeds = Array.from({ length: 10_000 }, () => at("new-teapot"));
    const voices = voicesOf(world, [...seeds, at("new-cosy")]);
    expect(voices.length).toBe(1);
    expect(voices.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1);
  });
});

describe("a cold seed", () => {
  test("leads to what its twin leads to, and to its twin; the reason says who stands in", () => {
    const list = complements("new-teapot");
    expect(named(list).slice(0, 2).sort()).toEqual(["cosy", "teapot"]);
    const cosy = list.find(({ ordinal }) => ordinal === at("cosy"))!;
    expect(cosy.evidence).toMatchObject({
      code: "similar_to_viewed",
      standsFor: "seed",
      how: "bought",
      times: 8,
    });
    expect(whyOf(world, cosy.ordinal, cosy.evidence).text).toBe(
      "Bought together with Blue ceramic teapot at least 5 times, which is like Green ceramic teapot.",
    );
  });

  test("also_viewed asks its twins where nothing was learned of it", () => {
    const list = alsoViewed.propose(ask("new-teapot"));
    expect(named(list)).toContain("cosy");
    expect(named(list)).not.toContain("new-teapot");
    for (const [i, { score }] of list.entries())
      expect(score).toBeLessThanOrEqual(list[i - 1]?.score ?? score);
  });

  test("that is like nothing has an empty list, not a filler", () => {
    expect(complements("anvil")).toEqual([]);
    expect(alsoViewed.propose(ask("anvil"))).toEqual([]);
    expect(sameType.propose(ask("anvil"))).toEqual([]);
    expect(newArrivals.propose(ask("anvil"))).toEqual([]);
  });

  test("in a shop of which nothing was learned: likeness alone", () => {
    const young = worldOf({ items: ITEMS, facts: [] });
    expect(complements("teapot", young)).toEqual([]);
    const [first] = sameType.propose(ask("teapot", young));
    expect(young.catalog.items[first!.ordinal]!.id).toBe("new-teapot");
    expect(first!.evidence).toMatchObject({ code: "same_type" });
  });
});

describe("a cold candidate", () => {
  const learned: Candidate[] = [
    {
      ordinal: at("cosy"),
      score: 0.8,
      evidence: { code: "bought_together", with: at("teapot"), times: 8, customers: 5 },
    },
  ];

  test("comes after its twin, at half of its score at most, and says whom it is like", () => {
    const list = withArrivals(world, [at("teapot")], learned, 10);
    expect(named(list)).toEqual(["cosy", "new-cosy"]);
    expect(list[1]!.score).toBeLessThanOrEqual(0.4);
    expect(list[0]).toBe(learned[0]);
    expect(whyOf(world, list[1]!.ordinal, list[1]!.evidence).text).toBe(
      "Like Quilted tea cosy, which was bought together with Blue ceramic teapot at least 5 times.",
    );
  });

  test("stays away beside what only likeness proposed, and when nothing is new", () => {
    const alike: Candidate[] = [{ ...learned[0]!, evidence: { code: "same_type", as: at("teapot") } }];
    expect(withArrivals(world, [at("teapot")], alike, 10)).toEqual(alike);
    const all = worldOf({ items: ITEMS.slice(0, 2), facts: FACTS });
    expect(withArrivals(all, [0], learned, 10)).toEqual(learned);
  });

  test("is not the item asked about, nor its variant", () => {
    expect(named(withArrivals(world, [at("new-cosy")], learned, 10))).toEqual(["cosy"]);
  });

  test("new_arrivals proposes what is unknown and like the page's item", () => {
    expect(named(newArrivals.propose(ask("teapot")))).toEqual(["new-teapot"]);
  });
});
