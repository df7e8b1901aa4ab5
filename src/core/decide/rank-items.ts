import { scoreAlsoViewed } from "../recommend/score/related.ts";
import type { Scene } from "./scene.ts";
import { rulesFor } from "./slot-plan.ts";
import { isAbout } from "./eligibility.ts";
import { tasteOf } from "./taste.ts";

/** How fast the shop's own order fades: the tenth item starts at half the first one's weight. */
const ORDER_HALVES_AT = 10;
const RELATED_LIFT = 1.5;

/**
 * The shop's own list in the customer's order: its order is the prior, what the customer's recent looks lead to lifts,
 * rules boost, bury, hide and pin. Items the catalog does not know keep their place in the prior. Without a view only
 * the rules move anything.
 * @returns places in the given list, best first; hidden ones are left out.
 */
export function rankItems(scene: Scene, ordinals: readonly number[]): number[] {
  const { model, catalog, toModel } = scene.world;
  const actions = rulesFor(scene, undefined).flatMap((rule) => rule.actions);
  const taste = tasteOf(scene);
  const related = new Map<number, number>();
  if (scene.view && scene.recent.length > 0) {
    const scored = scoreAlsoViewed(
      model,
      scene.recent.map((ordinal, ageRank) => ({ item: catalog.items[ordinal]!.id, ageRank })),
      500,
    );
    for (const { index, score } of scored) related.set(index, score / scored[0]!.score);
  }
  const scores = ordinals.map((ordinal, place) => {
    const prior = 1 / (1 + place / ORDER_HALVES_AT);
    if (ordinal < 0) return prior;
    let score = prior * taste(ordinal) * (1 + RELATED_LIFT * (related.get(toModel[ordinal]!) ?? 0));
    for (const action of actions) {
      const { action: what } = action;
      if (what.do === "filter" && !isAbout(action, scene, ordinal)) return 0;
      if (what.do === "pin" || what.do === "limit" || !isAbout(action, scene, ordinal)) continue;
      if (what.do === "hide") return 0;
      if (what.do === "boost") score *= 1 + what.strength;
      if (what.do === "bury") score /= 1 + what.strength;
    }
    return score;
  });
  const order = ordinals
    .map((_, place) => place)
    .filter((place) => scores[place]! > 0)
    .sort((a, b) => scores[b]! - scores[a]! || a - b);
  for (const { action } of actions) {
    if (action.do !== "pin") continue;
    let at = action.position - 1;
    for (const id of action.items) {
      const from = order.findIndex((place) => catalog.items[ordinals[place]!]?.id === id);
      if (from >= 0) order.splice(at++, 0, ...order.splice(from, 1));
    }
  }
  return order;
}
