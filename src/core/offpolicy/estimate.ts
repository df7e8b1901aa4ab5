import { studentTQuantile } from "../stats/student-t.ts";
import type { Interval } from "../stats/welch.ts";
import type { PolicySums } from "./policy-sums.ts";
import { refusalOf, type Refusal } from "./refusal.ts";
import { ratioOf, type UnitRatio } from "./unit-ratio.ts";

/** A mean reward per pick, in the goal's unit, with the interval that a chance of sampling leaves. */
export type Estimate = Interval & { readonly value: number; readonly standardError: number };

/** What each estimator says the target policy would have earned per pick. */
export type Estimators = {
  /** Inverse propensity scoring: unbiased where propensities are right, and the noisiest. */
  readonly ips: Estimate;
  /** The same, divided by the sum of weights instead of the number of picks: steadier, barely biased. */
  readonly snips: Estimate;
  /** The direct method: the reward model alone. Its error is the model's bias, for which no interval is known. */
  readonly dm: number | null;
  /** Doubly robust: the model, corrected by the weighted surprises. Right if either model or propensities are. */
  readonly dr: Estimate | null;
  /** Doubly robust, but without corrections whose weight is above the threshold: less noise for some bias. */
  readonly switchDr: Estimate | null;
};

/** An estimate that can be acted on, or the reason why there is none. */
export type PolicyAnswer =
  | {
      readonly kind: "estimate";
      /** The estimator to read: doubly robust where all candidates are known, else self-normalised. */
      readonly best: "dr" | "snips";
      readonly estimators: Estimators;
      /** What the logged policy did earn. */
      readonly logged: Estimate;
      /** Target minus logged, paired pick by pick; `null` without a reward model. */
      readonly gain: Estimate | null;
      readonly effectiveSampleSize: number;
      readonly units: number;
      readonly picks: number;
      readonly sentence: string;
    }
  | Refusal;

/** How many independent units of an on-policy log would tell as much: (Σw)² / Σw², 0 without any weight. Kish 1965. */
export function effectiveSampleSize({ weight }: PolicySums): number {
  return weight.amountSquares > 0 ? weight.amount * (weight.amount / weight.amountSquares) : 0;
}

/**
 * The bare formulas, whether or not anybody should believe them; `undefined` where sums are empty or beyond a double.
 * Ask `estimatePolicy` for an answer to act on.
 * Sources: Horvitz & Thompson 1952 (IPS), Swaminathan & Joachims 2015 (SNIPS), Dudík et al. 2011 (DM, DR), Wang et al.
 * 2017 (Switch-DR).
 */
export function estimatorsOf(sums: PolicySums, level = 0.95): Estimators | undefined {
  const { units } = sums.weight;
  const reach = studentTQuantile(
    (1 + level) / 2,
    Math.max(1, Math.min(units, effectiveSampleSize(sums)) - 1),
  );
  const withInterval = (ratio: UnitRatio): Estimate | undefined => intervalOf(ratio, reach);
  const ips = withInterval(sums.ips);
  const snips = withInterval(sums.snips);
  if (ips === undefined || snips === undefined) return undefined;
  const isModelled = sums.picks > 0 && sums.modelled === sums.picks;
  return {
    ips,
    snips,
    dm: isModelled ? (ratioOf(sums.dm)?.value ?? null) : null,
    dr: isModelled ? (withInterval(sums.dr) ?? null) : null,
    switchDr: isModelled ? (withInterval(sums.switchDr) ?? null) : null,
  };
}

/**
 * What another policy would have earned on the exposures of this one, or an honest refusal: below an effective sample
 * size of 100, below ten rewarded picks, for broken rows, and for a target that shows what the log never shows.
 * @param level confidence level of the intervals, in (0, 1)
 */
export function estimatePolicy(sums: PolicySums, level = 0.95): PolicyAnswer {
  const size = effectiveSampleSize(sums);
  const estimators = estimatorsOf(sums, level);
  const refusal = refusalOf(sums, size, estimators !== undefined);
  if (refusal !== undefined) return refusal;
  const logged = intervalOf(sums.logged, studentTQuantile((1 + level) / 2, sums.logged.units - 1));
  if (estimators === undefined || logged === undefined) return refusalOf(sums, size, false)!;
  const best = estimators.dr === null ? "snips" : "dr";
  const { low, high } = estimators[best] ?? estimators.snips;
  const reach = studentTQuantile((1 + level) / 2, size - 1);
  const gain = estimators.dr === null ? null : (intervalOf(sums.gain, reach) ?? null);
  return {
    kind: "estimate",
    best,
    estimators,
    logged,
    gain,
    effectiveSampleSize: size,
    units: sums.logged.units,
    picks: sums.picks,
    sentence: `The new policy would have earned between ${short(low)} and ${short(high)} per pick where the present one earned ${short(logged.value)}${gainText(gain)} (${Math.round(level * 100)}% interval, worth ${Math.floor(size)} exposures of its own).`,
  };
}

function gainText(gain: Estimate | null): string {
  if (gain === null) return "";
  if (gain.low > 0) return `: more by ${short(gain.low)} to ${short(gain.high)}`;
  if (gain.high < 0) return `: less by ${short(-gain.high)} to ${short(-gain.low)}`;
  return ": no difference can be told";
}

function intervalOf(ratio: UnitRatio, reach: number): Estimate | undefined {
  const found = ratioOf(ratio);
  if (found === undefined) return undefined;
  const { value, standardError } = found;
  const width = reach * standardError;
  return Number.isFinite(width)
    ? { value, standardError, low: value - width, high: value + width }
    : undefined;
}

const short = (amount: number): string => String(Number(amount.toPrecision(3)));
