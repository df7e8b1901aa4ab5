import { expect, test } from "vitest";
import { logHypergeometric } from "../../../../src/core/stats/hypergeometric.ts";
import { emptyLeaving, leavingIntegral, LOG } from "../../../../src/core/value/model/leaving-integral.ts";

function logIntegral(A: number, B: number, alpha: number, beta: number, from: number, to: number): number {
  const out = emptyLeaving();
  leavingIntegral(A, B, alpha, beta, from, to, out);
  return out[LOG]!;
}

/** The published form: a difference of two ₂F₁, each the integral from a moment on for ever. */
function byHypergeometric(
  A: number,
  B: number,
  alpha: number,
  beta: number,
  from: number,
  to: number,
): number {
  const power = A + B - 1;
  const onwards = (at: number) => {
    const [near, far] = [Math.min(alpha, beta) + at, Math.max(alpha, beta) + at];
    const nearPower = alpha <= beta ? A : B;
    return logHypergeometric(power, nearPower, power + 1, 1 - near / far)! - power * Math.log(far);
  };
  return onwards(from) + Math.log(-Math.expm1(onwards(to) - onwards(from))) - Math.log(power);
}

test("without a difference between alpha and beta it is a difference of powers", () => {
  expect(logIntegral(1, 1, 1, 1, 0, 1)).toBeCloseTo(Math.log(1 / 2), 10);
  expect(logIntegral(2, 1.5, 4, 4, 3, 10)).toBeCloseTo(Math.log((7 ** -2.5 - 14 ** -2.5) / 2.5), 9);
});

test("no time to leave in", () => {
  expect(logIntegral(3, 1.6, 10, 12, 30, 30)).toBe(-Infinity);
});

test.each([
  [2.5, 1.6, 10.6, 11.7, 30.4, 38.9],
  [0.55, 1.6, 10.6, 11.7, 0, 38.9],
  [0.55, 1.6, 11.7, 10.6, 0, 38.9],
  [26.5, 1.6, 10.6, 11.7, 2, 31],
  [26.5, 1.6, 60, 3, 2, 31],
  [3.2, 4, 2, 90, 1, 700],
  [1_000.5, 1.6, 10.6, 11.7, 900, 2_000],
  [0.2, 1.1, 0.5, 30, 0, 500],
])(
  "is the published form for A %d, B %d, alpha %d, beta %d, from %d to %d",
  (A, B, alpha, beta, from, to) => {
    const wanted = byHypergeometric(A, B, alpha, beta, from, to);
    expect(Math.abs(logIntegral(A, B, alpha, beta, from, to) - wanted)).toBeLessThan(2e-9);
  },
);
