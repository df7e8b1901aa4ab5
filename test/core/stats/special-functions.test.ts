import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chiSquareSf } from "../../../src/core/stats/chi-square.ts";
import { digamma } from "../../../src/core/stats/digamma.ts";
import { gaussHermite } from "../../../src/core/stats/gauss-hermite.ts";
import { hypergeometric, logHypergeometric } from "../../../src/core/stats/hypergeometric.ts";
import { incompleteBeta, incompleteBetaUpper } from "../../../src/core/stats/incomplete-beta.ts";
import { incompleteGamma, incompleteGammaUpper } from "../../../src/core/stats/incomplete-gamma.ts";
import { logBeta, logGamma } from "../../../src/core/stats/log-gamma.ts";
import { logNormalCdf, normalCdf, normalExcess, normalQuantile } from "../../../src/core/stats/normal.ts";
import {
  studentTCdf,
  studentTQuantile,
  studentTSf,
  studentTTwoSided,
} from "../../../src/core/stats/student-t.ts";
import { readShared } from "../../support/shared.ts";
import { relativeError } from "./relative-error.ts";

type Rows = { readonly [name: string]: number[][] };

const text = readShared("vectors/special-functions/special_functions.json");
const rows: Rows = text === undefined ? {} : (JSON.parse(text) as Rows);

/** Relative to the value, in both tails, and near zeros too. */
const TOLERANCE = 1e-13;

/** Below the smallest normal double a result has fewer than 53 bits, so only its size is compared. */
const SMALLEST_NORMAL = 2.2250738585072014e-308;

describe.skipIf(text === undefined)("mpmath reference values, relative error below 1e-13", () => {
  test.each<[name: string, count: number, f: (...input: number[]) => number | undefined]>([
    ["lgamma", 15, logGamma],
    ["digamma", 11, digamma],
    ["normal_cdf", 14, normalCdf],
    ["log_normal_cdf", 9, logNormalCdf],
    ["normal_ppf", 13, normalQuantile],
    ["betainc_reg", 30, incompleteBeta],
    ["chi2_sf", 36, chiSquareSf],
    ["student_t_cdf", 48, studentTCdf],
    ["student_t_sf_two_sided", 20, studentTTwoSided],
    ["hyp2f1", 11, hypergeometric],
  ])("%s, %i rows", (name, count, f) => {
    expect(rows[name]).toHaveLength(count);
    for (const row of rows[name]!) {
      const wanted = row.at(-1)!;
      const got = f(...row.slice(0, -1))!;
      if (wanted > 0 && wanted < SMALLEST_NORMAL) {
        expect(relativeError(got, wanted)).toBeLessThan(1e-6);
      } else expect(relativeError(got, wanted), String(row)).toBeLessThan(TOLERANCE);
    }
  });

  test("no table of the file is left out", () => expect(Object.keys(rows)).toHaveLength(11));
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

  test("the tails of t, beta and gamma are each computed, not subtracted", () => {
    expect(studentTSf(40, 57.3)).toBe(studentTCdf(-40, 57.3));
    const shapes = fc.double({ min: -3, max: 5, noNaN: true }).map((exponent) => 10 ** exponent);
    const places = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(places, shapes, shapes, (x, a, b) => {
        expect(Math.abs(incompleteBeta(x, a, b) + incompleteBetaUpper(x, a, b) - 1)).toBeLessThan(1e-9);
        const at = a * 4 * x;
        expect(Math.abs(incompleteGamma(a, at) + incompleteGammaUpper(a, at) - 1)).toBeLessThan(1e-12);
      }),
      { numRuns: 300 },
    );
  });

  // Q(a + 1, x) = Q(a, x) + x^a e^-x / Γ(a + 1), all parts positive: in the far tail as well.
  test("the upper incomplete gamma obeys its recurrence in the tail", () => {
    const shapes = fc.double({ min: 0.01, max: 60, noNaN: true });
    const beyond = fc.double({ min: 0.01, max: 300, noNaN: true });
    fc.assert(
      fc.property(shapes, beyond, (a, by) => {
        const x = a + by;
        const step = Math.exp(a * Math.log(x) - x - logGamma(a + 1));
        const wanted = incompleteGammaUpper(a, x) + step;
        expect(relativeError(incompleteGammaUpper(a + 1, x), wanted)).toBeLessThan(1e-12);
      }),
    );
  });

  // By the recurrences ln Γ(x + 1) = ln Γ(x) + ln x and ψ(x + 1) = ψ(x) + 1/x.
  test("ln gamma and digamma obey their recurrences", () => {
    const places = fc.double({ min: -6, max: 6, noNaN: true }).map((exponent) => 10 ** exponent);
    fc.assert(
      fc.property(places, (x) => {
        const size = Math.abs(logGamma(x)) + Math.abs(Math.log(x)) + x * Number.EPSILON;
        expect(Math.abs(logGamma(x + 1) - logGamma(x) - Math.log(x))).toBeLessThanOrEqual(1e-12 * (size + 1));
        expect(Math.abs(digamma(x + 1) - digamma(x) - 1 / x)).toBeLessThan(1e-12 * (1 + 1 / x));
      }),
    );
  });

  // Its derivative is minus the tail; by Abramowitz & Stegun 7.2.5 with n = 1: excess(-x) = excess(x) + x.
  test("the mean excess mirrors, and vanishes like the tail", () => {
    const places = fc.double({ min: 0, max: 37, noNaN: true });
    fc.assert(
      fc.property(places, (x) => {
        expect(relativeError(normalExcess(-x), normalExcess(x) + x)).toBeLessThan(1e-13);
        expect(normalExcess(x)).toBeGreaterThan(0);
        expect(normalExcess(x) * x).toBeLessThan(normalCdf(-x));
      }),
    );
    // mpmath at 40 digits.
    expect(relativeError(normalExcess(3), 0.0003821543170477236)).toBeLessThan(1e-13);
    expect(relativeError(normalExcess(30), 1.631956734091401e-199)).toBeLessThan(1e-12);
  });
});

describe("the hypergeometric function", () => {
  test("of a thousand orders, whose value no double holds: (1 - z)^-a where b and c meet", () => {
    const log = logHypergeometric(10_000, 2, 2.000_000_001, 0.6)!;
    expect(relativeError(log, -10_000 * Math.log1p(-0.6))).toBeLessThan(1e-8);
    expect(hypergeometric(10_000, 2, 2.000_000_001, 0.6)).toBe(Infinity);
  });

  test("₂F₁(1, 1; 2; z) = -ln(1 - z) / z on both sides of 0", () => {
    fc.assert(
      fc.property(fc.double({ min: -50, max: 0.999, noNaN: true }), (z) => {
        const wanted = z === 0 ? 1 : -Math.log1p(-z) / z;
        expect(relativeError(hypergeometric(1, 1, 2, z)!, wanted)).toBeLessThan(1e-12);
      }),
    );
  });

  test.each([
    [0, 1, 2, 0.5],
    [3, 2, 2, -0.5],
    [1, 1, 2, 1],
    [1, 1, 2, 1 - 1e-9],
    [Infinity, 1, 2, 0.5],
    [Number.NaN, 1, 2, 0.5],
    [1, 1, 2, Number.NaN],
  ])("%d, %d, %d, %d is outside its range", (...input) => {
    expect(logHypergeometric(...input)).toBeUndefined();
  });
});

describe("Gauss-Hermite", () => {
  test.each([1, 2, 3, 8, 64, 128, 300])("%i nodes give the even moments 1, 1, 3, 15 and no odd ones", (n) => {
    const { nodes, weights } = gaussHermite(n);
    const moment = (degree: number) => nodes.reduce((sum, x, i) => sum + weights[i]! * x ** degree, 0);
    [1, 1, 3, 15].forEach((wanted, k) => {
      if (2 * k <= 2 * n - 1) expect(relativeError(moment(2 * k), wanted)).toBeLessThan(1e-12);
      expect(Math.abs(moment(2 * k + 1))).toBeLessThan(1e-12);
    });
    expect([...nodes]).toEqual([...nodes].sort((a, b) => a - b));
  });

  // The chance that the first of two is the better: Φ((0.3 - 0.1) / √2), as the mean of Φ(Z + 0.2).
  test("128 nodes integrate a normal distribution", () => {
    const { nodes, weights } = gaussHermite(128);
    const chance = nodes.reduce((sum, x, i) => sum + weights[i]! * normalCdf(x + 0.2), 0);
    expect(relativeError(chance, normalCdf(0.2 / Math.SQRT2))).toBeLessThan(1e-13);
  });
});
