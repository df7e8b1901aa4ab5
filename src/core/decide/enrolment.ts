import type { CompiledRule, CompiledVariation } from "../config/compile.ts";
import type { Experiment } from "../config/config.ts";
import type { ClaimedAssignment } from "../event/resolved.ts";
import { assign } from "../experiment/assign.ts";
import { claimOf } from "../experiment/claim.ts";
import { inHoldout, type Holdout } from "../experiment/holdout.ts";
import { HELD_OUT, HOLDOUT, PERSONALIZED, ruleHoldoutKey, slotHoldoutKey } from "../experiment/key.ts";
import { DAY_MS } from "../primitives/time.ts";
import { NOTHING_FORCED, type Forced } from "./force.ts";
import type { Scene } from "./scene.ts";

/** How long after a holdout's exposure an order counts for or against it. */
export const HOLDOUT_WINDOW_MS = 30 * DAY_MS;

/** One experiment somebody is in, or looks at: `claim` is absent where its variation was forced, which counts nobody. */
export type Enrolled = {
  readonly experiment: Experiment;
  readonly variation: CompiledVariation;
  readonly slots: ReadonlySet<string> | undefined;
  readonly claim?: ClaimedAssignment;
};

/** Which experiments and holdouts one person is in, as far as one decision is concerned. */
export type Enrolment = {
  /** What stopped experiments gave to everybody. */
  readonly settled: readonly Enrolled[];
  /** Absent: nobody who is measured, so nothing is withheld from them either. */
  readonly unit: string | undefined;
  readonly heldOut: boolean;
  /** What the site's holdout claims in every slot; none where there is no holdout. */
  readonly site: readonly ClaimedAssignment[];
  readonly experiments: readonly Enrolled[];
};

/**
 * Enrols whoever asks. Only people who agreed to be measured take part in anything: without `analytics` an exposure could
 * not be counted, and a change nobody can learn from would be made to them for nothing. A forced variation is only looked
 * at: neither draw nor consent matters, since nobody is measured by it.
 */
export function enrol(scene: Scene, asked: string, forced: Forced = NOTHING_FORCED): Enrolment {
  const { config, experiments } = scene.world.config;
  const settled = experiments.flatMap(
    ({ experiment, assign: { slots, matches }, variations }): Enrolled[] => {
      const isSettled = experiment.status === "stopped" && !forced.has(experiment.id);
      const variation = isSettled ? variations.get(experiment.winner ?? "") : undefined;
      return variation && (matches === undefined || matches(scene.attributes))
        ? [{ experiment, variation, slots }]
        : [];
    },
  );
  const isMeasured = scene.view !== undefined && asked !== "" && scene.permitted.has("analytics");
  const unit = isMeasured ? asked : undefined;
  const { isHeldOut: heldOut, claim: site } = draw(scene, unit, HOLDOUT, config.holdout);
  const enrolled: Enrolled[] = [];
  const earlier = new Map<string, string>();
  for (const { experiment, assign: compiled, variations } of experiments) {
    const looked = variations.get(forced.get(experiment.id) ?? "");
    const drawn =
      looked || heldOut
        ? undefined
        : assign(compiled, {
            unit: unit ?? "",
            attributes: scene.attributes,
            now: scene.now,
            seen: scene.view?.variations,
            earlier,
            allocation: scene.world.allocations.get(compiled.key),
          });
    const variation = looked ?? variations.get(drawn?.variation ?? "");
    if (!variation) continue;
    earlier.set(experiment.id, variation.id);
    const claim = drawn && { claim: claimOf(experiment, compiled.key, drawn) };
    enrolled.push({ experiment, variation, slots: compiled.slots, ...claim });
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
