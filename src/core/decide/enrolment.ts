import type { CompiledRule, CompiledVariation } from "../config/compile.ts";
import type { Experiment } from "../config/config.ts";
import type { ClaimedAssignment } from "../event/resolved.ts";
import { assign } from "../experiment/assign.ts";
import { claimOf } from "../experiment/claim.ts";
import { inHoldout, type Holdout } from "../experiment/holdout.ts";
import { HELD_OUT, HOLDOUT, PERSONALIZED, ruleHoldoutKey, slotHoldoutKey } from "../experiment/key.ts";
import { DAY_MS } from "../primitives/time.ts";
import type { Scene } from "./scene.ts";

/** How long after a holdout's exposure an order counts for or against it. */
export const HOLDOUT_WINDOW_MS = 30 * DAY_MS;

/** One experiment somebody is in. */
export type Enrolled = {
  readonly experiment: Experiment;
  readonly variation: CompiledVariation;
  readonly slots: ReadonlySet<string> | undefined;
  readonly claim: ClaimedAssignment;
};

/** The variation that a stopped experiment left to everybody. */
export type Settled = {
  readonly experiment: Experiment;
  readonly variation: CompiledVariation;
  readonly slots: ReadonlySet<string> | undefined;
};

/** Which experiments and holdouts one person is in, as far as one decision is concerned. */
export type Enrolment = {
  /** What stopped experiments gave to everybody. */
  readonly settled: readonly Settled[];
  /** Absent: nobody who is measured, so nothing is withheld from them either. */
  readonly unit: string | undefined;
  readonly heldOut: boolean;
  /** What the site's holdout claims in every slot; none where there is no holdout. */
  readonly site: readonly ClaimedAssignment[];
  readonly experiments: readonly Enrolled[];
};

/**
 * Enrols whoever asks. Only people who agreed to be measured take part in anything: without `analytics` an exposure could
 * not be counted, and a change nobody can learn from would be made to them for nothing.
 */
export function enrol(scene: Scene, unit: string): Enrolment {
  const { config, experiments } = scene.world.config;
  const settled = experiments.flatMap(({ experiment, assign: { slots, matches }, variations }): Settled[] => {
    const variation = experiment.status === "stopped" ? variations.get(experiment.winner ?? "") : undefined;
    return variation && (matches === undefined || matches(scene.attributes))
      ? [{ experiment, variation, slots }]
      : [];
  });
  if (scene.view === undefined || unit === "" || !scene.permitted.has("analytics"))
    return { settled, unit: undefined, heldOut: false, site: [], experiments: [] };
  const { isHeldOut: heldOut, claim: site } = draw(scene, unit, HOLDOUT, config.holdout);
  const enrolled: Enrolled[] = [];
  const earlier = new Map<string, string>();
  for (const { experiment, assign: compiled, variations } of heldOut ? [] : experiments) {
    const assignment = assign(compiled, {
      unit,
      attributes: scene.attributes,
      now: scene.now,
      seen: scene.view.variations,
      earlier,
      allocation: scene.world.allocations.get(compiled.key),
    });
    if (!assignment) continue;
    earlier.set(experiment.id, assignment.variation);
    enrolled.push({
      experiment,
      variation: variations.get(assignment.variation)!,
      slots: compiled.slots,
      claim: claimOf(experiment, compiled.key, assignment),
    });
  }
  return { settled, unit, heldOut, site, experiments: enrolled };
}

/** Whether a slot's own holdout withholds it, and what it claims. */
export function slotHoldout(scene: Scene, { unit }: Enrolment, slot: string): HoldoutDraw {
  const { slots } = scene.world.config.config;
  const share = Object.hasOwn(slots, slot) ? (slots[slot]!.holdout ?? 0) : 0;
  const key = slotHoldoutKey(slot);
  return draw(scene, unit, key, { share, seed: key });
}

/** The rules that apply to this person, and what those with a holdout of their own claim, whichever way it fell. */
export function withoutHeldOut(
  scene: Scene,
  { unit }: Enrolment,
  rules: readonly CompiledRule[],
): { readonly rules: readonly CompiledRule[]; readonly claims: readonly ClaimedAssignment[] } {
  if (rules.every(({ holdout }) => holdout === 0)) return { rules, claims: [] };
  const claims: ClaimedAssignment[] = [];
  const applied = rules.filter((rule) => {
    const key = ruleHoldoutKey(rule.id);
    const { isHeldOut, claim } = draw(scene, unit, key, { share: rule.holdout, seed: key });
    claims.push(...claim);
    return !isHeldOut;
  });
  return { rules: applied, claims };
}

type HoldoutDraw = { readonly isHeldOut: boolean; readonly claim: readonly ClaimedAssignment[] };

/** Who was seen on one side of a holdout stays there, also as somebody known under another id. */
function draw(scene: Scene, unit: string | undefined, key: string, holdout: Holdout): HoldoutDraw {
  if (unit === undefined || holdout.share === 0) return { isHeldOut: false, claim: [] };
  const seen = scene.view?.variations.get(key);
  const isHeldOut = seen === undefined ? inHoldout(unit, holdout) : seen === HELD_OUT;
  return { isHeldOut, claim: [[key, isHeldOut ? HELD_OUT : PERSONALIZED, HOLDOUT_WINDOW_MS]] };
}
