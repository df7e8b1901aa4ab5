import type { CompiledConfig } from "../config/compile.ts";
import type { ClaimedAssignment } from "../event/resolved.ts";
import type { EpochMs } from "../primitives/time.ts";
import { assign } from "./assign.ts";
import { claimOf } from "./claim.ts";

type CompiledExperiments = CompiledConfig["experiments"];

/**
 * What somebody enters by having seen a flag, or `undefined` where they cannot have seen that variation: no running
 * experiment names the flag, or its draw gives this unit another one. Conditions are the other SDK's affair, which knows
 * attributes that we do not; the draw itself is ours to check, so nobody can choose their variation.
 */
export function flagClaim(
  experiments: CompiledExperiments,
  seen: { readonly flag: string; readonly variation: string; readonly unit: string; readonly now: EpochMs },
): ClaimedAssignment | undefined {
  for (const { experiment, assign: compiled } of experiments) {
    if (experiment.flag !== seen.flag) continue;
    const drawn = assign(
      { ...compiled, matches: undefined, requires: [], contexts: [] },
      { unit: seen.unit, attributes: {}, now: seen.now },
    );
    if (drawn?.variation === seen.variation) return claimOf(experiment, compiled.key, drawn);
  }
  return undefined;
}
