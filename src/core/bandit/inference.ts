import type { Experiment } from "../config/config.ts";
import type { Tally } from "../experiment/tally.ts";
import { armEstimates, type ArmEstimate } from "./aipw.ts";
import { leavesOf, periodsOf, settingsOf, type Turn } from "./turns.ts";

/** What a bandit's variation is worth, undone from how it was found out. */
export type BanditFigure = ArmEstimate & {
  readonly variation: string;
  /** Share of new visitors it gets now. */
  readonly share: number;
};

const CONFIDENCE = 0.95;

/**
 * Each variation's goal per visitor after a bandit. A plain mean is too low for a variation that had bad luck early and
 * then got nobody to mend it; each visitor counts here by one over the probability they were sent there with. Contexts
 * are strata of their own, since each has its own probabilities. A variation with too few visitors is left out.
 */
export function banditFigures(
  experiment: Experiment,
  turns: readonly Turn[],
  tallies: readonly Tally[],
): BanditFigure[] {
  const strata = leavesOf(experiment).flatMap((leaf) => periodsOf(experiment, turns, tallies, leaf));
  // In time, so that what is expected of a variation comes from earlier visitors only.
  const used = strata.filter(({ arms }) => arms.some(({ n }) => n > 0)).sort((a, b) => a.from - b.from);
  const estimates = armEstimates(used, settingsOf(experiment).kind, CONFIDENCE);
  return experiment.variations.flatMap(({ id }, i) => {
    const estimate = estimates[i];
    return estimate ? [{ variation: id, share: turns.at(-1)?.weights[i] ?? 0, ...estimate }] : [];
  });
}
