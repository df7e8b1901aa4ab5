import type { ModelSnapshot } from "../snapshot/snapshot.ts";

/** How many observed switches the prior weighs as much as: with fewer, popularity decides, with more, the switches. */
const PRIOR_SWITCHES = 6;
/**
 * A switch back, from the dearer item to this one, against a switch up: the two were weighed against each other, though
 * the choice fell the other way.
 */
const BACK_SHARE = 0.5;
/** How much likelier an item of the same maker is than one as popular of another. */
const SAME_BRAND = 2.5;
/** What people who pay more pay, as a multiple of the price before, and how far it scatters, as a logarithm. */
const USUAL_RATIO = 1.25;
const RATIO_SPREAD = 0.5;
/** Buyers that a visit stands for where nobody has bought yet. */
const BUYERS_PER_VISIT = 0.03;
/** So that what nobody knows yet has a chance among what hardly anybody bought. */
const UNKNOWN_BUYERS = 1;

/** A dearer item for the same need, beside the one looked at. */
export type UpSellOption = {
  /** Its place in the snapshot; −1: the snapshot does not know it. */
  readonly index: number;
  /** Its price as a multiple of the other one's. */
  readonly ratio: number;
  readonly isSameBrand: boolean;
};

export type UpSellScore = {
  /** Chance that it is this one, of all the options, that a customer switches to: they add up to at most 1. */
  readonly score: number;
  /** Different people known to have switched from the one item to the other; at least the snapshot's threshold, or 0. */
  readonly customers: number;
};

const NOTHING: UpSellScore = { score: 0, customers: 0 };
const amount = (value: number | undefined): number =>
  value !== undefined && value > 0 && value < Infinity ? value : 0;

/**
 * Which dearer item customers switch to. Switches that were observed (bought or viewed the one, later bought the other)
 * are few, so they only correct a prior: popularity × same maker × nearness to the usual step in price. The estimate is
 * the posterior mean of a Dirichlet prior worth `PRIOR_SWITCHES` switches.
 *
 * The constants were chosen on three cuts inside the training part of completejourney-sample, where half or double of each
 * costs at most .012 of the mean reciprocal rank. Not so `BUYERS_PER_VISIT`: those data hold no visits, and it is a usual
 * share of visits that end in a purchase.
 * @param seed place of the item looked at in the snapshot; −1: not known
 * @returns a score for each option, in their order, 0 for one that is not dearer or has no finite ratio
 */
export function scoreUpSell(
  snapshot: ModelSnapshot,
  seed: number,
  options: readonly UpSellOption[],
): UpSellScore[] {
  const priors = options.map((option) => priorOf(snapshot, option));
  const ties = options.map(({ index }, i) => (priors[i]! > 0 ? tieOf(snapshot, seed, index) : NO_TIE));
  const allPriors = priors.reduce((sum, prior) => sum + prior, 0);
  if (!(allPriors > 0)) return options.map(() => NOTHING);
  const all = ties.reduce((sum, { switches }) => sum + switches, PRIOR_SWITCHES);
  return options.map((_, i) => {
    const prior = priors[i]!;
    if (prior === 0) return NOTHING;
    const { switches, customers } = ties[i]!;
    return { score: Math.min(1, (switches + PRIOR_SWITCHES * (prior / allPriors)) / all), customers };
  });
}

function priorOf({ buyers, visits }: ModelSnapshot, { index, ratio, isSameBrand }: UpSellOption): number {
  if (!(ratio >= 1) || ratio === Infinity) return 0;
  const popularity = UNKNOWN_BUYERS + amount(buyers[index]) + BUYERS_PER_VISIT * amount(visits[index]);
  // A heavy tail: what lies far from the usual step is unlikely, yet still in order.
  const distance = Math.log(ratio / USUAL_RATIO) / RATIO_SPREAD;
  return (popularity * (isSameBrand ? SAME_BRAND : 1)) / (1 + distance ** 2);
}

type Tie = { readonly switches: number; readonly customers: number };
const NO_TIE: Tie = { switches: 0, customers: 0 };

function tieOf(snapshot: ModelSnapshot, seed: number, other: number): Tie {
  const there = switched(snapshot, seed, other);
  const back = switched(snapshot, other, seed);
  return { switches: there.switches + BACK_SHARE * back.switches, customers: there.customers };
}

function switched({ rows: { tradeUp } }: ModelSnapshot, from: number, to: number): Tie {
  const { offsets, neighbours, weights, scales, customers } = tradeUp;
  const end = offsets[from + 1] ?? 0;
  for (let entry = from < 0 || to < 0 ? end : (offsets[from] ?? end); entry < end; entry++) {
    if (neighbours[entry] !== to) continue;
    return {
      switches: amount((weights[entry]! / 65_535) * scales[from]!),
      customers: customers[entry]!,
    };
  }
  return NO_TIE;
}
