import { DEFAULT_SETTINGS } from "../../config/defaults.ts";
import { STRATEGY } from "../../decide/strategy/list.ts";
import { viewedWith } from "../../decide/strategy/also-viewed.ts";
import type { Candidate } from "../../decide/strategy/strategy.ts";
import type { Scene } from "../../decide/scene.ts";
import { contentNeighbours } from "../../recommend/content/neighbours.ts";
import { neighboursOf } from "../../recommend/snapshot/snapshot.ts";

/** So many of a list are told: more than a slot ever shows. */
export const PER_LIST = 24;

export type ListName = "goes_with" | "viewed_with" | "next" | "similar_visits" | "better" | "alike";

/** What an item's lists are, in the order they are read. Each is what a recipe proposes, before stock and rules. */
export const LISTS: readonly {
  readonly list: ListName;
  readonly find: (scene: Scene, ordinal: number) => readonly Candidate[];
}[] = [
  { list: "goes_with", find: (scene, ordinal) => STRATEGY.cross_sell.propose(askOf(scene, ordinal)) },
  {
    list: "viewed_with",
    find: (scene, ordinal) =>
      viewedWith(askOf(scene, ordinal, 0), [ordinal]).filter((one) => one.ordinal !== ordinal),
  },
  { list: "next", find: nextOf },
  {
    list: "similar_visits",
    find: (scene, ordinal) =>
      viewedWith(askOf(scene, ordinal, 1), [ordinal]).filter(
        ({ evidence }) => evidence.code === "similar_visits",
      ),
  },
  { list: "better", find: (scene, ordinal) => STRATEGY.up_sell.propose(askOf(scene, ordinal)) },
  {
    list: "alike",
    find: ({ world }, ordinal) =>
      contentNeighbours(world.catalog, ordinal, PER_LIST).map(({ ordinal: other, similarity }) => ({
        ordinal: other,
        score: similarity,
        evidence: { code: "same_type", as: ordinal, similarity },
      })),
  },
];

/** What a recipe is asked about one item, by the settings that a slot has where nobody says otherwise. */
const askOf = (scene: Scene, ordinal: number, neighbourWeight = DEFAULT_SETTINGS.neighbourWeight) => ({
  scene,
  seeds: [ordinal],
  settings: { ...DEFAULT_SETTINGS, neighbourWeight },
  limit: PER_LIST,
});

/** What visits go on to after the item. */
function nextOf({ world }: Scene, ordinal: number): readonly Candidate[] {
  const { model, toModel, toCatalog } = world;
  const index = toModel[ordinal]!;
  if (index < 0) return [];
  return neighboursOf(model, "sequence", index).flatMap(
    ({ index: other, weight, times, customers }): Candidate[] => {
      const next = toCatalog[other]!;
      if (next < 0) return [];
      return [
        {
          ordinal: next,
          score: weight,
          evidence: { code: "viewed_together", with: ordinal, times, customers },
        },
      ];
    },
  );
}
