import type { Candidate } from "./strategy/strategy.ts";
import { STRATEGY } from "./strategy/list.ts";
import { diversify, lookOf, type Look } from "./diversity.ts";
import { obstacle, settledOf, type Standing } from "./eligibility.ts";
import { worthShowing } from "./how-many.ts";
import type { Scene } from "./scene.ts";
import type { SlotPlan } from "./slot-plan.ts";
import type { Taste } from "./taste.ts";
import { weigh, type Weighed } from "./weigh.ts";

/** Candidates worth looking at per item shown; eligibility and variants thin them out. */
const OVERSAMPLE = 8;
/** Eligible ones to choose from per item shown: for diversity, and for telling the best from noise. */
const CHOICE = 4;
const CHOICE_MIN = 16;

/** The first `most` candidates that may be shown, one of each product family. */
function eligible(
  scene: Scene,
  standing: Standing,
  families: ReadonlySet<number>,
  candidates: readonly Weighed[],
  most: number,
): Weighed[] {
  const found: Weighed[] = [];
  const seen = new Set(families);
  for (const candidate of candidates) {
    if (found.length >= most) break;
    const family = scene.world.catalog.family[candidate.ordinal]!;
    if (seen.has(family)) continue;
    if (obstacle(scene, standing, candidate.ordinal, candidate.evidence.code) !== undefined) continue;
    seen.add(family);
    found.push(candidate);
  }
  return found;
}

/**
 * The picks of one slot, best first, without pins: each strategy of the chain in turn, its candidates weighed, as many as
 * are worth it, spread over kinds, until there are enough. One per product family.
 */
function fillFromChain(
  scene: Scene,
  plan: SlotPlan,
  seeds: readonly number[],
  standing: Standing,
  taste: Taste,
  pinned: readonly Candidate[],
): Candidate[] {
  const { settings } = plan;
  const wanted = Math.max(0, plan.max - pinned.length);
  const chosen: Candidate[] = [];
  const families = new Set(standing.takenFamilies);
  const lookAt = ({ ordinal }: Candidate): Look => lookOf(scene.world.catalog.items[ordinal]!, scene.market);
  const isWhole = settings.count === "fill" && settings.diversity === 0;
  const choice = isWhole ? wanted : Math.max(CHOICE_MIN, CHOICE * wanted);
  let best = 0;
  for (const name of plan.strategies) {
    if (chosen.length >= wanted) break;
    const limit = Math.max(50, plan.max * OVERSAMPLE);
    const proposed = STRATEGY[name].propose({ scene, seeds, settings, limit });
    let pool = eligible(scene, standing, families, weigh(scene, plan, taste, proposed), choice);
    if (settings.count === "confident")
      ({ kept: pool, best } = worthShowing(pool, scene.world, { count: chosen.length, best }));
    const shown = settings.diversity === 0 ? [] : [...pinned, ...chosen].map(lookAt);
    const next = diversify(pool, lookAt, shown, settings.diversity, wanted - chosen.length);
    for (const { ordinal, score, evidence } of next) {
      families.add(scene.world.catalog.family[ordinal]!);
      chosen.push({ ordinal, score, evidence });
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
    cap: { times: plan.settings.capTimes, days: plan.settings.capDays },
    settled: settledOf(scene),
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
  const pinned = pins.map(({ candidate }) => candidate);
  const picks = fillFromChain(scene, plan, seeds, standing, taste, pinned);
  for (const { place, candidate } of pins.sort((a, b) => a.place - b.place))
    picks.splice(Math.min(place - 1, picks.length), 0, candidate);
  return picks.slice(0, plan.max);
}
