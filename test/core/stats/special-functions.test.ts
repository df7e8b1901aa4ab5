import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chiSquareSf } from "../../../src/core/stats/chi-square.ts";
import { incompleteBeta } from "../../../src/core/stats/incomplete-beta.ts";
import { logBeta, logGamma } from "../../../src/core/stats/log-gamma.ts";
import { normalCdf, normalQuantile } from "../../../src/core/stats/normal.ts";
import { studentTCdf, studentTQuantile, studentTTwoSided } from "../../../src/core/stats/student-t.ts";
import { readShared } from "../../support/shared.ts";
import { relativeError } from "./relative-error.ts";

type Rows = { readonly [name: string]: number[][] };

const text = readShared("vectors/special-functions/special_functions.json");
const rows: Rows = text === undefined ? {} : (JSON.parse(text) as Rows);

/** Relative to the value, in both tails. */
const TOLERANCE = 1e-13;

/** Below the smallest normal double a result has fewer than 53 bits, so only its size is compared. */
const SMALLEST_NORMAL = 2.2250738585072014e-308;

describe.skipIf(text === undefined)("mpmath reference values, relative error below 1e-13", () => {
  test.each<[name: string, count: number, f: (...input: number[]) => number]>([
    ["normal_cdf", 14, normalCdf],
    ["normal_ppf", 13, normalQuantile],
    ["betainc_reg", 30, incompleteBeta],
    ["chi2_sf", 36, chiSquareSf],
    ["student_t_cdf", 48, studentTCdf],
    ["student_t_sf_two_sided", 20, studentTTwoSided],
  ])("%s, %i rows", (name, count, f) => {
    expect(rows[name]).toHaveLength(count);
    for (const row of rows[name]!) {
      const wanted = row.at(-1)!;
      const got = f(...row.slice(0, -1));
      if (wanted !== 0 && wanted < SMALLEST_NORMAL) expect(relativeError(got, wanted)).toBeLessThan(1e-6);
      else expect(relativeError(got, wanted), String(row)).toBeLessThan(TOLERANCE);
    }
  });

  test("lgamma, 15 rows, by the larger of 1e-14 absolute and 1e-13 relative: it has zeros at 1 and 2", () => {
    expect(rows["lgamma"]).toHaveLength(15);
    for (const [x, wanted] of rows["lgamma"] as [number, number][]) {
      expect(Math.abs(logGamma(x) - wanted)).toBeLessThan(Math.max(1e-14, Math.abs(wanted) * TOLERANCE));
    }
  });
});

// mpmath at 40 digits: the root of the regularised incomplete beta, rounded to double.
test.each([
  [0.975, 1, 12.706204736174705],
  [0.975, 2, 4.302652729749464],
  [0.975, 10, 2.228138851986275],
  [0.995, 5, 4.032142983555228],
])("student t quantile at %d with %d degrees of freedom", (p, df, wanted) => {
  expect(relativeError(studentTQuantile(p, df), wanted)).toBeLessThan(1e-12);
});

test("B(1/2, 1/2) is π", () =>
  expect(relativeError(Math.exp(logBeta(0.5, 0.5)), Math.PI)).toBeLessThan(1e-14));

describe("laws", () => {
  // Tails from 1e-250 to 1/2, so that the whole range is met and not only its middle.
  const tails = fc.double({ min: -250, max: Math.log10(0.5), noNaN: true }).map((exponent) => 10 ** exponent);
  const dfs = fc.double({ min: 0, max: 8, noNaN: true }).map((exponent) => 10 ** exponent);

  test("the normal quantile is the inverse of the distribution", () => {
    fc.assert(fc.property(tails, (p) => relativeError(normalCdf(normalQuantile(p)), p) < 1e-11));
  });

  test("the t quantile is the inverse of the distribution, from 1 to 100 million degrees of freedom", () => {
    const reachable = tails.filter((p) => p > 1e-100);
    fc.assert(
      fc.property(
        reachable,
        dfs,
        (p, df) => relativeError(studentTCdf(studentTQuantile(p, df), df), p) < 1e-11,
      ),
    );
  });

  test("the incomplete beta stays in [0, 1] and mirrors", () => {
    const shapes = fc.double({ min: -3, max: 6, noNaN: true }).map((exponent) => 10 ** exponent);
    const places = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(places, shapes, shapes, (x, a, b) => {
        const value = incompleteBeta(x, a, b);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1 + 1e-12);
        expect(Math.abs(value + incompleteBeta(1 - x, b, a, x) - 1)).toBeLessThan(1e-9);
      }),
      { numRuns: 500 },
    );
  });
});
