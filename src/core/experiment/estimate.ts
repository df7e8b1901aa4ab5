import { cupedFigures, meanFigure, ratioFigure, shareFigure } from "../stats/arm-figures.ts";
import type { ArmFigure, Compared } from "../stats/compare.ts";
import { differenceError } from "../stats/difference-error.ts";
import type { Moments } from "../stats/moments.ts";
import type { PairMoments } from "../stats/pair-moments.ts";
import type { MetricDefinition } from "./metrics.ts";
import { productName, type MomentSums } from "./measures.ts";

/** Two arms ready to be compared, with the plain figures that anybody would work out. */
export type Estimate = {
  readonly compared: Compared;
  readonly plain: readonly [control: number, treatment: number];
  /** Treatment less control, after what was so before has been taken out. */
  readonly difference: number;
  readonly standardError: number;
  /** Share of the variance that what customers spent before explains; 0 where it was not used. */
  readonly explained: number;
};

const at = (sums: MomentSums, name: string): number => sums[name] ?? 0;

/**
 * The difference of one metric between two arms. Means and shares are adjusted by what each customer spent before the
 * experiment where anybody spent anything (CUPED: Deng, Xu, Kohavi and Walker 2013); ratios carry the error of both their
 * parts. `undefined` where nothing can be told: fewer than two visitors in an arm, a ratio without a denominator, or sums
 * beyond a double.
 * @example estimateOf(METRIC.revenue, { users: 2, revenue: 2, "revenue*revenue": 4 }, { users: 2, revenue: 4, "revenue*revenue": 16 })?.difference // 1
 */
export function estimateOf(
  metric: MetricDefinition,
  control: MomentSums,
  treatment: MomentSums,
): Estimate | undefined {
  const arms = [armOf(metric, control), armOf(metric, treatment)] as const;
  const [one, other] = arms;
  if (!one || !other) return undefined;
  const doers = [one.doers, other.doers] as const;
  const adjusted =
    metric.explainedByBefore && at(control, "before") + at(treatment, "before") > 0
      ? cupedFigures(pairOf(metric.of, "before", control), pairOf(metric.of, "before", treatment), doers)
      : undefined;
  const figures = adjusted ?? { control: one, treatment: other };
  const squared = differenceError(figures.control, figures.treatment) ** 2;
  const plain = one.variance + other.variance;
  return {
    compared: { kind: metric.kind, isSigned: metric.of === "margin", ...figures },
    plain: [one.value, other.value],
    difference: figures.treatment.value - figures.control.value,
    standardError: Math.sqrt(squared),
    explained: adjusted && plain > 0 ? Math.max(0, 1 - squared / plain) : 0,
  };
}

/** A metric's plain figure of one arm with its error; `undefined` for fewer than two visitors, or nothing to divide by. */
export function armOf(metric: MetricDefinition, sums: MomentSums): ArmFigure | undefined {
  const { kind, of, per, by } = metric;
  if (kind === "share") return shareFigure(at(sums, of), at(sums, "users"));
  const doers = at(sums, by);
  return kind === "ratio"
    ? ratioFigure(pairOf(of, per!, sums), doers)
    : meanFigure(momentsOf(of, sums), doers);
}

const momentsOf = (of: string, sums: MomentSums): Moments => ({
  n: at(sums, "users"),
  sum: at(sums, of),
  // The square of a yes is a yes.
  sumSquares: sums[productName(of, of)] ?? at(sums, of),
});

function pairOf(of: string, other: string, sums: MomentSums): PairMoments {
  const otherMoments = momentsOf(other, sums);
  // Products are kept under one name, whichever comes first.
  const product = sums[productName(of, other)] ?? at(sums, productName(other, of));
  return {
    ...momentsOf(of, sums),
    otherSum: otherMoments.sum,
    otherSumSquares: otherMoments.sumSquares,
    sumProducts: product,
  };
}
