import { compileConfig } from "../../../src/core/config/compile.ts";
import type { ConfigDocument } from "../../../src/core/config/config.ts";
import { readConfig } from "../../../src/core/config/read.ts";
import { decide } from "../../../src/core/decide/decide.ts";
import { setScene } from "../../../src/core/decide/set-scene.ts";
import { joinWorld, type World } from "../../../src/core/decide/world.ts";
import type { Effort, Ladder } from "./ladder.ts";
import { timedInTurns } from "./timed.ts";
import { asked, smallWorld } from "./worlds.ts";

type Rules = NonNullable<ConfigDocument["rules"]>;
const SLOT = "product-goes-with";

/** What marketers write most: for this kind of page, in this market, from this campaign. One of them holds. */
const oneOfMany = (count: number): Rules =>
  Array.from({ length: count }, (_, i) => ({
    id: `rule-${i}`,
    slots: [SLOT],
    when: { "page.category": `category-${i}`, "cart.total": { $gte: 0 } },
    then: [{ do: "boost", strength: 1, where: { brand: `Brand ${i % 97}` } }],
  }));

/** Conditions that only a look at each can answer; none of them holds. */
const byRange = (count: number): Rules =>
  Array.from({ length: count }, (_, i) => ({
    id: `rule-${i}`,
    when: { "cart.total": { $gte: 1_000_000 + i } },
    then: [{ do: "boost", strength: 1, where: { brand: `Brand ${i % 97}` } }],
  }));

/** Rules without a condition, each about items of its own: all of them hold, always. */
const allHold = (count: number): Rules =>
  Array.from({ length: count }, (_, i) => ({
    id: `rule-${i}`,
    then: [{ do: "boost", strength: 0.1, items: [`item-${(i * 7) % 1_000}`] }],
  }));

/** How a decision takes as many rules as a config may hold. In-process. */
export function growRules({ quick, sizes: wanted }: Effort): Ladder {
  const sizes = wanted ?? (quick ? [10, 100, 2_000] : [1, 10, 100, 500, 2_000]);
  const base = smallWorld(1_000);
  const withRules = (rules: Rules): World =>
    joinWorld(compileConfig(readConfig({ rules }), 1), base.catalog, base.model);
  const decision = (world: World) => () =>
    decide(
      setScene(
        world,
        { ...asked("item-3"), page: { type: "product", category: "category-0", item: "item-3" } },
        undefined,
      ),
      {
        slots: [{ id: SLOT, strategies: ["cross_sell", "also_viewed"] }],
        pageType: "product",
        unit: "",
      },
    );
  const timed = (rules: (count: number) => Rules) =>
    timedInTurns(
      sizes.map((size) => decision(withRules(rules(size)))),
      quick ? 10 : 30,
      20,
    );
  const documents = sizes.map((size) => readConfig({ rules: oneOfMany(size) }));
  return {
    what: "Rules",
    note: "Microseconds of one decision for one slot, in-process; compiling is done once a revision.",
    sizes,
    series: [
      { name: "decide, one of the rules holds (equality)", expected: "flat", values: timed(oneOfMany) },
      { name: "decide, ranges that do not hold", expected: "linear", values: timed(byRange) },
      { name: "decide, all rules hold", expected: "linear", values: timed(allHold) },
      {
        name: "compile the config",
        expected: "linear",
        values: timedInTurns(
          documents.map((document) => () => compileConfig(document, 1)),
          quick ? 3 : 10,
          1,
        ),
      },
    ],
  };
}
