import { upliftPerSegment, type SegmentTally, type SegmentUplift } from "./segment-uplift.ts";

/** What to do with a segment, and why. */
export type SegmentAdvice = {
  readonly segment: string;
  readonly advice: "treat" | "spare" | "unclear";
  /** The effect per customer; `null` where the segment is too small to have one. */
  readonly uplift: SegmentUplift["uplift"] | null;
  /** Customers the segment still needs, at the effect seen so far; `null` where clear, or beyond any waiting. */
  readonly customersNeeded: number | null;
  readonly sentence: string;
};

export type TargetingAdvice = {
  readonly segments: readonly SegmentAdvice[];
  /** Whether segments differ in their effect beyond chance (p < 0.05): else a rule for some of them gains nothing. */
  readonly hasDifferences: boolean;
  readonly sentence: string;
};

export type WhoGainsOptions = {
  /** What treating one customer costs, in the unit of the tally; 0 without it. */
  readonly cost?: number;
  /** Confidence that no segment is told wrongly, in (0, 1); 0.95 without it. */
  readonly level?: number;
};

/** The same least numbers as in the verdict on an experiment. */
const USERS_MIN = 100;
const CONVERTERS_MIN = 10;

/** Beyond so many times the customers so far, waiting is no plan. */
const PATIENCE = 100;

const DIFFERENT = 0.05;

/**
 * Which segments gain more from a trigger or an offer than it costs, from a randomised trial in each. A segment is told
 * only if both its own interval, widened for the number of segments, and the shrunken one lie on one side of the cost;
 * so in at most one of twenty reports any segment is told wrongly. The others are `unclear`, with what it would take.
 * @example whoGains([]).sentence // "Cannot be told yet: there are no segments."
 */
export function whoGains(tallies: readonly SegmentTally[], options: WhoGainsOptions = {}): TargetingAdvice {
  const { cost = 0, level = 0.95 } = options;
  const ready = tallies.filter((tally) => shortageOf(tally) === undefined);
  const { segments, sameP } = upliftPerSegment(ready, level);
  const known = new Map(segments.map((one) => [one.segment, one]));
  const advised = tallies.map((tally): SegmentAdvice => {
    const found = known.get(tally.segment);
    if (found !== undefined && ready.includes(tally)) return adviceOf(tally, found, cost);
    const shortage = shortageOf(tally) ?? "every customer did the same";
    return {
      segment: tally.segment,
      advice: "unclear",
      uplift: null,
      customersNeeded: null,
      sentence: `“${tally.segment}” cannot be told yet: ${shortage}.`,
    };
  });
  const hasDifferences = sameP < DIFFERENT;
  return { segments: advised, hasDifferences, sentence: summaryOf(advised, hasDifferences) };
}

function shortageOf({ treated, control }: SegmentTally): string | undefined {
  for (const [name, { n }] of [
    ["treated", treated],
    ["untreated", control],
  ] as const)
    if (!(n >= USERS_MIN)) return `it has ${n} ${name} customers, and needs at least ${USERS_MIN}`;
  // The number of conversions; for amounts, of how many equal ones the sum is worth.
  const sumSquares = treated.sumSquares + control.sumSquares;
  const sum = treated.sum + control.sum;
  const converters = sumSquares > 0 ? (sum * sum) / sumSquares : 0;
  if (!(Math.round(converters) >= CONVERTERS_MIN))
    return `about ${Number.isFinite(converters) ? Math.round(converters) : 0} customers converted, and at least ${CONVERTERS_MIN} are needed`;
  return undefined;
}

function adviceOf(tally: SegmentTally, { alone, uplift }: SegmentUplift, cost: number): SegmentAdvice {
  const { segment } = tally;
  const range = `between ${short(uplift.low)} and ${short(uplift.high)} per customer`;
  const isBetter = Math.min(alone.low, uplift.low) > cost;
  const isWorse = Math.max(alone.high, uplift.high) < cost;
  if (isBetter || isWorse) {
    const advice = isBetter ? "treat" : "spare";
    const than = cost === 0 ? "" : `, and costs ${short(cost)}`;
    const sentence = `“${segment}”: ${advice}. Treatment changes it by ${range}${than}.`;
    return { segment, advice, uplift, customersNeeded: null, sentence };
  }
  const customersNeeded = neededOf(tally, alone, cost);
  const wait =
    customersNeeded === null
      ? "the effect is too near to the cost for any waiting to tell"
      : `about ${customersNeeded} more customers would tell, if the effect is what it seems`;
  const sentence = `“${segment}” cannot be told yet: treatment changes it by ${range}; ${wait}.`;
  return { segment, advice: "unclear", uplift, customersNeeded, sentence };
}

/** An interval shrinks with the root of the number of customers. */
function neededOf(tally: SegmentTally, alone: SegmentUplift["alone"], cost: number): number | null {
  const reach = (alone.high - alone.low) / 2;
  const times = (reach / Math.abs(alone.difference - cost)) ** 2;
  const customers = tally.treated.n + tally.control.n;
  return times <= PATIENCE ? Math.max(1, Math.ceil(customers * (times - 1))) : null;
}

function summaryOf(segments: readonly SegmentAdvice[], hasDifferences: boolean): string {
  const named = (advice: SegmentAdvice["advice"]) =>
    segments.filter((one) => one.advice === advice).map(({ segment }) => `“${segment}”`);
  const [treat, spare, unclear] = [named("treat"), named("spare"), named("unclear")];
  if (segments.length === 0) return "Cannot be told yet: there are no segments.";
  if (treat.length + spare.length === 0) return "Cannot be told yet for any segment; go on with the trial.";
  const parts = [
    treat.length > 0 ? `Treat ${treat.join(", ")}.` : "",
    spare.length > 0 ? `Spare ${spare.join(", ")}.` : "",
    unclear.length > 0 ? `Go on with the trial in ${unclear.join(", ")}.` : "",
    hasDifferences || segments.length === 1 ? "" : "Whether segments differ at all cannot be told yet.",
  ];
  return parts.filter((part) => part !== "").join(" ");
}

const short = (amount: number): string => String(Number(amount.toPrecision(3)));
