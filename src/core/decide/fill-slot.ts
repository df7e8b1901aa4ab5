import type { Candidate } from "./strategy/strategy.ts";
import { STRATEGY } from "./strategy/list.ts";
import { isAbout, obstacle, type Standing } from "./eligibility.ts";
import type { Scene } from "./scene.ts";
import type { SlotPlan } from "./slot-plan.ts";
import { marginShare, type Taste } from "./taste.ts";

/** Candidates worth looking at per item shown; eligibility and variants thin them out. */
const OVERSAMPLE = 8;

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
 * The picks of one slot, best first, before pins: each strategy of the chain in turn, its candidates weighed by rules,
 * taste and margin, until there are enough. One per product family.
 */
function fillFromChain(
  scene: Scene,
  plan: SlotPlan,
  seeds: readonly number[],
  standing: Standing,
  taste: Taste,
  wanted: number,
): Candidate[] {
  const chosen: Candidate[] = [];
  const families = new Set(standing.takenFamilies);
  for (const name of plan.strategies) {
    if (chosen.length >= wanted) break;
    const proposed = STRATEGY[name].propose({
      scene,
      seeds,
      settings: plan.settings,
      limit: Math.max(50, plan.max * OVERSAMPLE),
    });
    const weighed = proposed.map((candidate) => {
      const item = scene.world.catalog.items[candidate.ordinal]!;
      const margin =
        plan.settings.marginWeight === 0
          ? 1
          : 1 + plan.settings.marginWeight * marginShare(item, scene.market);
      return {
        ...candidate,
        score:
          candidate.score * ruleFactor(scene, plan, candidate.ordinal) * taste(candidate.ordinal) * margin,
      };
    });
    weighed.sort((a, b) => b.score - a.score || a.ordinal - b.ordinal);
    for (const candidate of weighed) {
      if (chosen.length >= wanted) break;
      const family = scene.world.catalog.family[candidate.ordinal]!;
      if (families.has(family) || obstacle(scene, standing, candidate.ordinal) !== undefined) continue;
      families.add(family);
      chosen.push(candidate);
    }
  }
  return chosen;
}

/** Fills a slot. Pins take their places first, among the eligible: hide beats pin, pin beats everything learned. */
export function fillSlot(
  scene: Scene,
  plan: SlotPlan,
  seeds: readonly number[],
  takenFamilies: ReadonlySet<number>,
  taste: Taste,
): Candidate[] {
  if (plan.max === 0) return [];
  const families = new Set(takenFamilies);
  const standing: Standing = {
    repeatCurrent: plan.repeatCurrent,
    types: plan.types,
    actions: plan.actions,
    takenFamilies: families,
  };
  const pins: { place: number; candidate: Candidate }[] = [];
  for (const { action } of plan.actions) {
    if (action.do !== "pin") continue;
    let place = action.position;
    for (const id of action.items) {
      const ordinal = scene.world.catalog.ordinal.get(id);
      // A filter limits what may be learned into a slot; a pin is the marketer's own hand and outranks it.
      const standingForPin: Standing = {
        ...standing,
        types: [],
        actions: plan.actions.filter((one) => one.action.do === "hide"),
      };
      if (ordinal === undefined || place > plan.max || obstacle(scene, standingForPin, ordinal) !== undefined)
        continue;
      families.add(scene.world.catalog.family[ordinal]!);
      pins.push({ place: place++, candidate: { ordinal, score: 1, evidence: { code: "pinned" } } });
    }
  }
  const picks = fillFromChain(scene, plan, seeds, standing, taste, Math.max(0, plan.max - pins.length));
  for (const { place, candidate } of pins.sort((a, b) => a.place - b.place))
    picks.splice(Math.min(place - 1, picks.length), 0, candidate);
  return picks.slice(0, plan.max);
}
