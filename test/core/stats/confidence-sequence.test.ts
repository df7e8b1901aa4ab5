import { describe, expect, test } from "vitest";
import {
  sequenceLogEvidence,
  sequencePValue,
  sequenceReach,
  sequenceReachOneSided,
} from "../../../src/core/stats/confidence-sequence.ts";
import { readShared } from "../../support/shared.ts";
import { gbstatsCases, gbstatsDifference, type GbstatsCase } from "./gbstats-vectors.ts";
import { relativeError } from "./relative-error.ts";

const cases = gbstatsCases ?? [];
const TOLERANCE = 1e-9;

/** An end of an interval may be next to 0: its error is measured against the reach. */
function expectEnd(got: number, wanted: number | string | undefined, reach: number): void {
  expect(Math.abs(got - Number(wanted))).toBeLessThanOrEqual(
    TOLERANCE * Math.min(reach, Math.abs(got)) + 1e-15,
  );
}

const CASES = cases.map((row, i): [name: string, row: GbstatsCase] => [
  `${i}: ${row.input.control.type}, ${row.input.difference_type}`,
  row,
]);

describe.skipIf(gbstatsCases === undefined)("gbstats 0.8.0, sequential rows within 1e-9 relative", () => {
  test("96 inputs", () => expect(CASES).toHaveLength(96));

  test.each(CASES)("%s", (_, { input, expected }) => {
    const { estimate, standardError, n } = gbstatsDifference(input);
    const { alpha } = input;
    for (const [tunedFor, row] of [
      [1000, expected.sequential_two_sided_N1000],
      [5000, expected.sequential_two_sided_N5000],
      [40_000, expected.sequential_two_sided_N40000],
    ] as const) {
      const reach = sequenceReach(standardError, n, { alpha, tunedFor });
      expectEnd(estimate - reach, row.ci[0], reach);
      expectEnd(estimate + reach, row.ci[1], reach);
      const p = sequencePValue(estimate, standardError, n, { alpha, tunedFor });
      expect(relativeError(p, row.pValue)).toBeLessThanOrEqual(TOLERANCE);
    }
    const oneSided = sequenceReachOneSided(standardError, n, { alpha, tunedFor: 5000 });
    expectEnd(estimate - oneSided, expected.sequential_one_sided_greater_N5000.ci[0], oneSided);
  });
});

test("p is at alpha where the interval ends at 0", () => {
  for (const n of [200, 10_000, 1_000_000])
    for (const alpha of [0.001, 0.05]) {
      const reach = sequenceReach(2, n, { alpha });
      expect(relativeError(sequencePValue(reach, 2, n, { alpha }), alpha)).toBeLessThan(1e-9);
    }
});

const text = readShared("vectors/confseq/confseq_unit_tests.json");
type Bounds = Record<"normal_one_sided", { bound_v100: number }> &
  Record<"normal_two_sided", { bound_v100: number; log_mixture_s10_v100: number }>;

// The bound of a sum of 100 observations of variance 1, tuned for them, instead of that of their mean.
describe.skipIf(text === undefined)("confseq's normal mixture", () => {
  const options = { alpha: 0.05, tunedFor: 100 };

  test("two-sided, within 1e-5", () => {
    const { bound_v100, log_mixture_s10_v100 } = (JSON.parse(text!) as Bounds).normal_two_sided;
    expect(Math.abs(100 * sequenceReach(0.1, 100, options) - bound_v100)).toBeLessThan(1e-5);
    const evidence = sequenceLogEvidence(0.1, 0.1, 100, options);
    expect(Math.abs(evidence - log_mixture_s10_v100)).toBeLessThan(1e-5);
  });

  test("one-sided: the closed form is a little wider than the exact mixture, never narrower", () => {
    const { bound_v100 } = (JSON.parse(text!) as Bounds).normal_one_sided;
    const ours = 100 * sequenceReachOneSided(0.1, 100, options);
    expect(ours).toBeGreaterThan(bound_v100);
    expect(ours / bound_v100).toBeLessThan(1.01);
  });
});
