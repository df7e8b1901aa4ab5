import { describe, expect, test } from "vitest";
import { posteriorOf, type NormalPrior } from "../../../src/core/stats/bayes.ts";
import { cuped, relativeCupedByDelta } from "../../../src/core/stats/cuped.ts";
import {
  differenceOf,
  relativeDifferenceByDelta,
  type Difference,
} from "../../../src/core/stats/difference.ts";
import { meanEstimate, proportionEstimate } from "../../../src/core/stats/mean-estimate.ts";
import { normalExcess } from "../../../src/core/stats/normal.ts";
import { quantileEstimate } from "../../../src/core/stats/quantile-estimate.ts";
import { tTest } from "../../../src/core/stats/t-test.ts";
import { readShared } from "../../support/shared.ts";

type Sums = { n: number; sum: number; sum_squares?: number };
type Quantile = { n: number; q: number; lower: number; upper: number };
type Wanted<Arm> = {
  control: Arm;
  treatment: Arm;
  expected: number;
  ci: [number, number | "inf"];
  stddev: number;
  p: number;
  chance_to_win: number;
  risk: [number, number];
  prior: NormalPrior;
};
type CupedArm = { n: number; post: string; pre: { sum: number; sum_squares: number }; sum_products: number };
type Published = {
  readonly statistic_inputs: Readonly<Record<string, Sums>>;
  readonly risk_mu01_sigma005: [number, number];
  readonly bayes_quantile_absolute_flat: Wanted<Quantile> & { relative: Wanted<never> };
  readonly sequential_cuped_relative_N5000: Wanted<CupedArm>;
} & Record<
  | "two_sided_t_relative"
  | "two_sided_t_absolute"
  | "one_sided_greater_relative"
  | "one_sided_greater_absolute",
  Wanted<string>
> &
  Record<
    | "two_sided_t_proportion_relative"
    | "sequential_proportion_relative_N5000"
    | "bayes_proportion_flat"
    | "bayes_mean_flat"
    | "bayes_mean_prior_N01_var01",
    Wanted<Sums>
  >;

const text = readShared("vectors/gbstats/gbstats_unit_tests.json");

describe.skipIf(text === undefined)("what gbstats' own tests expect, to five decimals", () => {
  const published = JSON.parse(text ?? "{}") as Published;
  const mean = ({ n, sum, sum_squares }: Sums) => meanEstimate({ n, sum, sumSquares: sum_squares ?? sum })!;
  const share = ({ n, sum }: Sums) => proportionEstimate(sum, n)!;
  const named = (name: string) => mean(published.statistic_inputs[name]!);

  function expectTest(difference: Difference, wanted: Wanted<unknown>, side: "both" | "greater"): void {
    const got = tTest(difference, { side })!;
    expect(difference.estimate).toBeCloseTo(wanted.expected, 5);
    expect(difference.standardError).toBeCloseTo(wanted.stddev, 5);
    expect(got.low).toBeCloseTo(wanted.ci[0], 5);
    if (wanted.ci[1] === "inf") expect(got.high).toBe(Infinity);
    else expect(got.high).toBeCloseTo(wanted.ci[1], 5);
    expect(got.p).toBeCloseTo(wanted.p, 5);
  }

  function expectPosterior(difference: Difference, wanted: Wanted<unknown>, prior?: NormalPrior): void {
    const got = posteriorOf(difference, prior)!;
    expect(got.mean).toBeCloseTo(wanted.expected, 5);
    expect(got.low).toBeCloseTo(wanted.ci[0], 5);
    expect(got.high).toBeCloseTo(wanted.ci[1] as number, 5);
    expect(got.standardDeviation).toBeCloseTo(wanted.stddev, 5);
    expect(got.chanceToWin).toBeCloseTo(wanted.chance_to_win, 5);
    expect(got.lossOfControl).toBeCloseTo(wanted.risk[0], 5);
    expect(got.lossOfTreatment).toBeCloseTo(wanted.risk[1], 5);
  }

  test.each(["two_sided_t_absolute", "one_sided_greater_absolute"] as const)("%s", (name) => {
    const wanted = published[name];
    const side = name.startsWith("two") ? "both" : "greater";
    expectTest(differenceOf(named(wanted.control), named(wanted.treatment))!, wanted, side);
  });

  test.each(["two_sided_t_relative", "one_sided_greater_relative"] as const)("%s", (name) => {
    const wanted = published[name];
    const side = name.startsWith("two") ? "both" : "greater";
    expectTest(relativeDifferenceByDelta(named(wanted.control), named(wanted.treatment))!, wanted, side);
  });

  test("two_sided_t_proportion_relative", () => {
    const wanted = published.two_sided_t_proportion_relative;
    expectTest(relativeDifferenceByDelta(share(wanted.control), share(wanted.treatment))!, wanted, "both");
  });

  test("estimate and standard error of sequential_proportion_relative_N5000", () => {
    const { control, treatment, expected, stddev } = published.sequential_proportion_relative_N5000;
    const got = relativeDifferenceByDelta(share(control), share(treatment))!;
    expect(got.estimate).toBeCloseTo(expected, 5);
    expect(got.standardError).toBeCloseTo(stddev, 5);
  });

  test("estimate and standard error of sequential_cuped_relative_N5000", () => {
    const wanted = published.sequential_cuped_relative_N5000;
    const pair = ({ n, post, pre, sum_products }: CupedArm) => {
      const { sum, sum_squares } = published.statistic_inputs[post]!;
      return {
        n,
        sum,
        sumSquares: sum_squares!,
        otherSum: pre.sum,
        otherSumSquares: pre.sum_squares,
        sumProducts: sum_products,
      };
    };
    const [control, treatment] = [pair(wanted.control), pair(wanted.treatment)];
    expect(Math.abs(cuped(control, treatment)!.theta)).toBeGreaterThan(0);
    const got = relativeCupedByDelta(control, treatment)!;
    expect(got.estimate).toBeCloseTo(wanted.expected, 5);
    expect(got.standardError).toBeCloseTo(wanted.stddev, 5);
  });

  test("bayes_proportion_flat", () => {
    const wanted = published.bayes_proportion_flat;
    expectPosterior(relativeDifferenceByDelta(share(wanted.control), share(wanted.treatment))!, wanted);
  });

  test.each(["bayes_mean_flat", "bayes_mean_prior_N01_var01"] as const)("%s", (name) => {
    const wanted = published[name];
    const difference = relativeDifferenceByDelta(mean(wanted.control), mean(wanted.treatment))!;
    expectPosterior(difference, wanted, wanted.prior);
  });

  test("bayes_quantile_absolute_flat, and relative", () => {
    const wanted = published.bayes_quantile_absolute_flat;
    const quantile = ({ n, q, lower, upper }: Quantile) =>
      quantileEstimate(n, { at: q, low: lower, high: upper })!;
    const [control, treatment] = [quantile(wanted.control), quantile(wanted.treatment)];
    const absolute = posteriorOf(differenceOf(control, treatment)!)!;
    const relative = posteriorOf(relativeDifferenceByDelta(control, treatment)!)!;
    expect(absolute.mean).toBeCloseTo(wanted.expected, 5);
    expect(absolute.low).toBeCloseTo(wanted.ci[0], 5);
    expect(absolute.high).toBeCloseTo(wanted.ci[1] as number, 5);
    expect(relative.mean).toBeCloseTo(wanted.relative.expected, 5);
    expect(relative.low).toBeCloseTo(wanted.relative.ci[0], 5);
    expect(relative.high).toBeCloseTo(wanted.relative.ci[1] as number, 5);
  });

  test("risk of a normal with mean 0.1 and standard deviation 0.05", () => {
    const [control, treatment] = published.risk_mu01_sigma005;
    expect(0.05 * normalExcess(-2)).toBeCloseTo(control, 12);
    expect(0.05 * normalExcess(2)).toBeCloseTo(treatment, 12);
  });
});
