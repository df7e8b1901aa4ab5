import { seededRng } from "../../../src/core/primitives/rng.ts";
import type { Trial } from "./task.ts";

/** Scores a trial's candidates, in their order; more is better. */
export type Ranker = (trial: Trial) => readonly number[];

/** What one trial gives a ranker; with ties, what it gives on average over their orders. */
export type Outcome = { readonly hr1: number; readonly hr5: number; readonly mrr: number };

export const MEASURES = ["hr1", "hr5", "mrr"] as const;

/** What a ranker gets for each trial. */
export function outcomesOf(trials: readonly Trial[], ranker: Ranker): Outcome[] {
  return trials.map((trial) => {
    const scores = ranker(trial);
    const own = scores[trial.candidates.indexOf(trial.to)]!;
    const before = scores.filter((score) => score > own).length;
    const tied = scores.filter((score) => score === own).length;
    const total = { hr1: 0, hr5: 0, mrr: 0 };
    for (let rank = before + 1; rank <= before + tied; rank++) {
      if (rank === 1) total.hr1 += 1;
      if (rank <= 5) total.hr5 += 1;
      total.mrr += 1 / rank;
    }
    return { hr1: total.hr1 / tied, hr5: total.hr5 / tied, mrr: total.mrr / tied };
  });
}

export const meanOf = (outcomes: readonly Outcome[], measure: keyof Outcome): number =>
  outcomes.reduce((sum, one) => sum + one[measure], 0) / outcomes.length;

export const rounded = (value: number, digits = 4): number => Number(value.toFixed(digits));

const RESAMPLES = 10_000;

/** How much better one ranker is than another on the same trials, with the interval 95 % of resamples lie in. */
export type Lead = {
  readonly lead: number;
  readonly from: number;
  readonly to: number;
  /** Share of resamples in which it leads at all. */
  readonly wins: number;
};

/**
 * A paired bootstrap over trials, by lot but always the same: each resample draws as many trials as there are, with
 * repeats, and compares both rankers on them.
 */
export function leadOf(ours: readonly Outcome[], theirs: readonly Outcome[], measure: keyof Outcome): Lead {
  const gains = ours.map((one, i) => one[measure] - theirs[i]![measure]);
  const rng = seededRng("paired bootstrap");
  const leads = new Float64Array(RESAMPLES);
  for (let sample = 0; sample < RESAMPLES; sample++) {
    let sum = 0;
    for (let draw = 0; draw < gains.length; draw++) sum += gains[Math.floor(rng() * gains.length)]!;
    leads[sample] = sum / gains.length;
  }
  leads.sort();
  const at = (share: number) => rounded(leads[Math.floor(RESAMPLES * share)]!);
  return {
    lead: rounded(gains.reduce((sum, gain) => sum + gain, 0) / gains.length),
    from: at(0.025),
    to: at(0.975),
    wins: rounded(leads.filter((lead) => lead > 0).length / RESAMPLES),
  };
}
