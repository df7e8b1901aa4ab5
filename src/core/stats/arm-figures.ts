import type { ArmFigure } from "./compare.ts";
import { cuped } from "./cuped.ts";
import { meanEstimate, ratioEstimate, type MeanEstimate } from "./mean-estimate.ts";
import { meanOf, proportionMoments, varianceOf, type Moments } from "./moments.ts";
import { addPairMoments, otherMoments, type PairMoments } from "./pair-moments.ts";

/**
 * A share of visitors, ready to be compared. @example shareFigure(3, 100)?.value // 0.03
 */
export function shareFigure(successes: number, users: number): ArmFigure | undefined {
  return figureOf(meanEstimate(proportionMoments(successes, users)), successes);
}

/** A mean per visitor, ready to be compared. `doers` have a figure other than 0. `undefined` for fewer than two visitors. */
export function meanFigure(moments: Moments, doers: number): ArmFigure | undefined {
  return figureOf(meanEstimate(moments), doers);
}

/** A ratio of two sums over the same visitors, ready to be compared; by the delta method. */
export function ratioFigure(pair: PairMoments, doers: number): ArmFigure | undefined {
  return figureOf(ratioEstimate(pair), doers);
}

/** Two arms with what customers did before taken out, and the error that both figures share since then. */
export type CupedFigures = {
  readonly control: ArmFigure;
  readonly treatment: ArmFigure;
  readonly shared: number;
};

/**
 * Two means adjusted by CUPED, ready to be compared: each is moved to where it would be if both arms' customers had been
 * alike before. `undefined` for fewer than two visitors in an arm.
 */
export function cupedFigures(
  control: PairMoments,
  treatment: PairMoments,
  doers: readonly [control: number, treatment: number],
): CupedFigures | undefined {
  const adjusted = cuped(control, treatment);
  const both = otherMoments(addPairMoments(control, treatment));
  const [before, variance] = [meanOf(both), varianceOf(both)];
  if (adjusted === undefined || before === undefined || variance === undefined) return undefined;
  const { theta } = adjusted;
  const moved = ({ mean, ...rest }: MeanEstimate) => ({ ...rest, mean: mean + theta * before });
  const [one, other] = [
    figureOf(moved(adjusted.control), doers[0]),
    figureOf(moved(adjusted.treatment), doers[1]),
  ];
  if (one === undefined || other === undefined) return undefined;
  return { control: one, treatment: other, shared: (theta * theta * variance) / both.n };
}

function figureOf(estimate: MeanEstimate | undefined, doers: number): ArmFigure | undefined {
  if (estimate === undefined) return undefined;
  const { n, mean, variance } = estimate;
  return { users: n, value: mean, variance: variance / n, doers };
}
