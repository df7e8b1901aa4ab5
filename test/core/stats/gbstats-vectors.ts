import type { MeanEstimate } from "../../../src/core/stats/mean-estimate.ts";
import { meanEstimate, proportionEstimate, ratioEstimate } from "../../../src/core/stats/mean-estimate.ts";
import { cuped, relativeCupedByDelta } from "../../../src/core/stats/cuped.ts";
import {
  differenceOf,
  relativeDifferenceByDelta,
  type Difference,
} from "../../../src/core/stats/difference.ts";
import type { PairMoments } from "../../../src/core/stats/pair-moments.ts";
import { readShared } from "../../support/shared.ts";

/** One variation's sums, as the vector file names them. */
export type ArmRow =
  | { readonly type: "proportion"; readonly n: number; readonly sum: number }
  | { readonly type: "mean"; readonly n: number; readonly sum: number; readonly sum_squares: number }
  | {
      readonly type: "ratio";
      readonly n: number;
      readonly m_sum: number;
      readonly m_sum_squares: number;
      readonly d_sum: number;
      readonly d_sum_squares: number;
      readonly m_d_sum_of_products: number;
    }
  | {
      readonly type: "cuped";
      readonly n: number;
      readonly post_sum: number;
      readonly post_sum_squares: number;
      readonly pre_sum: number;
      readonly pre_sum_squares: number;
      readonly post_pre_sum_of_products: number;
    };

/** One frequentist result; an open end of the interval is "inf". */
export type TestRow = {
  readonly expected: number;
  readonly ci: readonly (number | string)[];
  readonly uplift: { readonly mean: number; readonly stddev: number };
  readonly pValue: number;
};

export type BayesRow = Omit<TestRow, "pValue" | "ci"> & {
  readonly ci: readonly [number, number];
  readonly chanceToWin: number;
  readonly risk: readonly [control: number, treatment: number];
};

export type GbstatsCase = {
  readonly input: {
    readonly control: ArmRow;
    readonly treatment: ArmRow;
    readonly difference_type: "absolute" | "relative";
    readonly alpha: number;
  };
  readonly expected: {
    readonly dof: number;
    readonly theta?: number;
    readonly two_sided_t: TestRow;
    readonly one_sided_greater_t: TestRow;
    readonly sequential_two_sided_N5000: TestRow;
    readonly sequential_two_sided_N1000: TestRow;
    readonly sequential_two_sided_N40000: TestRow;
    readonly sequential_one_sided_greater_N5000: TestRow;
    readonly bayes_flat: BayesRow;
    readonly "bayes_prior_N(0,0.3^2)": BayesRow;
  };
};

const text = readShared("vectors/gbstats/gbstats_vectors.json");

/** Every evaluated input of gbstats 0.8.0; `undefined` where the shared vectors are absent. */
export const gbstatsCases =
  text === undefined ? undefined : (JSON.parse(text) as { tests: GbstatsCase[] }).tests;

/** The sums of a ratio or a CUPED row, as ours are named. */
export function pairOf(row: ArmRow): PairMoments {
  if (row.type === "ratio") {
    return {
      n: row.n,
      sum: row.m_sum,
      sumSquares: row.m_sum_squares,
      otherSum: row.d_sum,
      otherSumSquares: row.d_sum_squares,
      sumProducts: row.m_d_sum_of_products,
    };
  }
  if (row.type !== "cuped") throw new TypeError(`a ${row.type} row has one measure`);
  return {
    n: row.n,
    sum: row.post_sum,
    sumSquares: row.post_sum_squares,
    otherSum: row.pre_sum,
    otherSumSquares: row.pre_sum_squares,
    sumProducts: row.post_pre_sum_of_products,
  };
}

/** The product's estimates of both variations of a case. */
export function estimatesOf({ control, treatment }: GbstatsCase["input"]): {
  control: MeanEstimate;
  treatment: MeanEstimate;
} {
  if (control.type === "cuped") return cuped(pairOf(control), pairOf(treatment))!;
  return { control: estimateOf(control)!, treatment: estimateOf(treatment)! };
}

function estimateOf(row: ArmRow): MeanEstimate | undefined {
  if (row.type === "proportion") return proportionEstimate(row.sum, row.n);
  if (row.type === "mean") return meanEstimate({ n: row.n, sum: row.sum, sumSquares: row.sum_squares });
  return ratioEstimate(pairOf(row));
}

/** The product's difference for a case, absolute or relative as the case says. */
export function gbstatsDifference(input: GbstatsCase["input"]): Difference {
  const { control, treatment } = estimatesOf(input);
  if (input.difference_type === "absolute") return differenceOf(control, treatment)!;
  if (input.control.type !== "cuped") return relativeDifferenceByDelta(control, treatment)!;
  return relativeCupedByDelta(pairOf(input.control), pairOf(input.treatment))!;
}

/** The control's mean before any adjustment: the unit of relative figures. */
export function controlMeanOf({ control }: GbstatsCase["input"]): number {
  if (control.type === "cuped") return control.post_sum / control.n;
  return estimateOf(control)!.mean;
}
