import type { Experiment } from "../config/config.ts";
import type { ClaimedAssignment, Stake } from "../event/resolved.ts";
import { DAY_MS } from "../primitives/time.ts";
import type { Assignment } from "./assign.ts";

/** What an exposure to a variation will claim: where it counts, how long, and what its analysis needs. */
export function claimOf(
  experiment: Experiment,
  key: string,
  { variation, drawn }: Assignment,
): ClaimedAssignment {
  const windowMs = experiment.windowDays * DAY_MS;
  const stake: Stake = { ...drawn, ...(experiment.cap === undefined ? {} : { cap: experiment.cap }) };
  return Object.keys(stake).length === 0 ? [key, variation, windowMs] : [key, variation, windowMs, stake];
}
