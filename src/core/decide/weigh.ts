import { isAbout } from "./eligibility.ts";
import type { Proposed } from "./how-many.ts";
import type { Scene } from "./scene.ts";
import { shopWeight } from "./shop-weight.ts";
import type { SlotPlan } from "./slot-plan.ts";
import type { Candidate } from "./strategy/strategy.ts";
import type { Taste } from "./taste.ts";

/** A candidate with the score it is ranked by, beside the one its strategy gave. */
export type Weighed = Candidate & Proposed;

/** Boost and bury: the product of what every rule about this item says. */
function ruleFactor(scene: Scene, plan: SlotPlan, ordinal: number): number {
  let factor = 1;
  for (const action of plan.actions) {
    if (action.action.do !== "boost" && action.action.do !== "bury") continue;
    if (!isAbout(action, scene, ordinal)) continue;
    factor *= action.action.do === "boost" ? 1 + action.action.strength : 1 / (1 + action.action.strength);
  }
  return factor;
}

/**
 * A strategy's candidates weighed by rules, taste, margin and stock, best first; of equals the strategy's order counts.
 * Where nothing weighs, the strategy's order stays exactly as it is.
 */
export function weigh(
  scene: Scene,
  plan: SlotPlan,
  taste: Taste,
  proposed: readonly Candidate[],
): readonly Weighed[] {
  let isChanged = false;
  const weighed = proposed.map((candidate): Weighed => {
    const { ordinal, score: own, evidence } = candidate;
    const byRules = ruleFactor(scene, plan, ordinal);
    const factor = byRules * taste(ordinal, plan.settings.taste) * shopWeight(scene, plan.settings, ordinal);
    if (factor !== 1) isChanged = true;
    return { ordinal, evidence, own, byRules, score: own * factor };
  });
  return isChanged ? weighed.sort((a, b) => b.score - a.score) : weighed;
}
