import { logBeta } from "./log-gamma.ts";
import type { Interval } from "./t-test.ts";

/** Events at which the interval of a share is as narrow as it can be, unless said otherwise. */
const TUNED_FOR = 100;
/** The level that the mixing is tuned with. */
const TUNED_ALPHA = 0.05;

/**
 * Logarithm of the evidence against a share of exactly `p`, from counts alone: what a fair gambler against it would have
 * multiplied their stake by. Exact, for any number of trials, however often one looks: a beta mixture centred at `p`.
 * Source: Howard, Ramdas, McAuliffe and Sekhon 2021, prop. 6 (beta-binomial mixture).
 * @param tunedFor number of trials after which it is most sensitive
 * @example logShareEvidence(50, 100, 0.5) < 0 // true
 */
export function logShareEvidence(
  successes: number,
  trials: number,
  p: number,
  tunedFor: number = TUNED_FOR,
): number {
  const failures = trials - successes;
  if (p <= 0) return successes > 0 ? Infinity : 0;
  if (p >= 1) return failures > 0 ? Infinity : 0;
  const variance = p * (1 - p);
  const log = -2 * Math.log(TUNED_ALPHA);
  const rest = Math.max((variance * tunedFor) / (log + Math.log(1 + log)) - variance, 1e-3 * variance);
  const [a, b] = [rest / (1 - p), rest / p];
  return (
    logBeta(a + successes, b + failures) - logBeta(a, b) - successes * Math.log(p) - failures * Math.log1p(-p)
  );
}

/**
 * The shares that the evidence does not rule out: the true one is in it at every look at once with probability 1 - alpha.
 * Exact, not asymptotic: for one success as well as for a million.
 * @example shareInterval(700, 1000, 0.05) // { low: 0.6516, high: 0.7459 }
 */
export function shareInterval(
  successes: number,
  trials: number,
  alpha: number,
  tunedFor: number = TUNED_FOR,
): Interval {
  if (trials <= 0) return { low: 0, high: 1 };
  const limit = -Math.log(alpha);
  const excess = (p: number): number => logShareEvidence(successes, trials, p, tunedFor) - limit;
  const observed = successes / trials;
  return { low: edge(observed, 0, excess), high: edge(observed, 1, excess) };
}

/** Customers of both arms together who did what is counted, and of them those of the treatment. */
export type Counts = {
  readonly users: number;
  readonly doers: number;
  readonly treatmentDoers: number;
  /** Share of the visitors who are sent to the treatment, as configured; the rest are the control. */
  readonly treatmentShare: number;
};

export type CountsComparison = {
  /** Treatment's share less the control's: holds the true one at every look at once. */
  readonly difference: Interval;
  /** The same as shares of the control's; `high` is Infinity where it is not bounded. */
  readonly lift: Interval;
  /** Against "no difference", right at every look at once. */
  readonly p: number;
};

/** Part of alpha for how many customers do it at all: needed for the difference and not for its sign. */
const RATE_PART = 0.1;

/**
 * Two shares compared where few customers did it: exact at any count, whenever one looks, from totals alone. Visitors are
 * sent to an arm by chance, so where the arm makes no difference each doer is one of the treatment with the configured
 * chance, whatever the order in which they came or the delay with which they did it: a coin that is tested for fairness.
 * A lift moves that chance, so its interval is the coin's turned round.
 * Source: Lindon and Malek 2022 ("Anytime-valid inference for multinomial count data"); the coin's test is Howard's.
 * @example compareCounts({ users: 9000, doers: 60, treatmentDoers: 50, treatmentShare: 0.5 }, 0.05).lift.low > 0 // true
 */
export function compareCounts(counts: Counts, alpha: number): CountsComparison {
  const { users, doers, treatmentDoers, treatmentShare: share } = counts;
  const coin = shareInterval(treatmentDoers, doers, alpha * (1 - RATE_PART));
  const rate = shareInterval(doers, users, alpha * RATE_PART);
  // With q of the doers in the treatment the arms' shares are rate × q / share and rate × (1 - q) / (1 - share).
  const slope = (q: number): number => q / share - (1 - q) / (1 - share);
  const lift = (q: number): number => (q / (1 - q)) * ((1 - share) / share) - 1;
  const [low, high] = [slope(coin.low), slope(coin.high)];
  return {
    difference: {
      low: low * (low > 0 ? rate.low : rate.high),
      high: high * (high > 0 ? rate.high : rate.low),
    },
    lift: { low: lift(coin.low), high: coin.high >= 1 ? Infinity : lift(coin.high) },
    p: Math.min(1, Math.exp(-logShareEvidence(treatmentDoers, doers, share))),
  };
}

/**
 * Where `excess`, negative at `inside`, becomes 0 on the way to `outside`; `outside` itself where it stays negative. Regula
 * falsi with the Illinois rule: the end that stays is trusted half as much each time.
 */
function edge(inside: number, outside: number, excess: (p: number) => number): number {
  let [within, atWithin] = [inside, excess(inside)];
  let [beyond, atBeyond] = [outside, excess(outside)];
  if (atBeyond < 0) return outside;
  let side = 0;
  for (let i = 0; i < 100 && Math.abs(beyond - within) > 1e-10; i++) {
    const isSteep = !(atBeyond < 1e3);
    const next = isSteep
      ? (within + beyond) / 2
      : (within * atBeyond - beyond * atWithin) / (atBeyond - atWithin);
    const value = excess(next);
    if (Math.abs(value) < 1e-9) return next;
    if (value < 0) {
      [within, atWithin] = [next, value];
      if (side < 0 && !isSteep) atBeyond /= 2;
    } else {
      [beyond, atBeyond] = [next, value];
      if (side > 0 && !isSteep) atWithin /= 2;
    }
    side = Math.sign(value);
  }
  return beyond;
}
