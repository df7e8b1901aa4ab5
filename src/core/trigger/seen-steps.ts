import { digestOf } from "../event/resolved.ts";
import type { EpochMs } from "../primitives/time.ts";
import type { Happening } from "./happening.ts";
import { TRIGGER_LIMITS } from "./limits.ts";
import type { SeenStep } from "./trigger-state.ts";

/** What was seen with one more, at its moment; told again it changes nothing. Of the same moment: in order of arrival. */
export function withStep(
  seen: readonly SeenStep[],
  { id, at }: Happening,
  steps: number,
): readonly SeenStep[] {
  const digest = digestOf(id);
  if (seen.some((one) => one[1] === digest)) return seen;
  const place = seen.findLastIndex((one) => one[0] <= at) + 1;
  return seen.toSpliced(place, 0, [at, digest, steps]);
}

/**
 * Without what cannot matter any more: what is too old to begin with, and of a run of the same all but the latest, as many
 * as a sequence has steps.
 */
export function thinned(seen: readonly SeenStep[], steps: number, withinMs: number): readonly SeenStep[] {
  const newest: EpochMs = seen.at(-1)?.[0] ?? 0;
  const kept: SeenStep[] = [];
  let run = 0;
  for (let i = seen.length - 1; i >= 0; i--) {
    const one = seen[i]!;
    run = one[2] === seen[i + 1]?.[2] ? run + 1 : 1;
    if (run <= steps && newest - one[0] <= withinMs) kept.push(one);
  }
  return kept.toReversed().slice(-TRIGGER_LIMITS.seenMax);
}
