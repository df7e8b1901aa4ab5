import fc from "fast-check";
import { expect, test } from "vitest";
import { relativeInterval } from "../../../src/core/stats/relative-interval.ts";

const figure = fc.record({
  value: fc.double({ min: 0.001, max: 1000, noNaN: true }),
  variance: fc.double({ min: 1e-6, max: 100, noNaN: true }),
});

test("a lift is in it exactly where its test does not reject", () => {
  const lifts = fc.double({ min: -0.99, max: 20, noNaN: true });
  const shares = fc.double({ min: 0, max: 10, noNaN: true });
  fc.assert(
    fc.property(figure, figure, lifts, shares, fc.boolean(), (control, treatment, lift, shared, isSigned) => {
      const interval = relativeInterval(control, treatment, 2, { shared, isSigned })!;
      const f = 1 + lift;
      const error = Math.sqrt(treatment.variance + f * f * control.variance + lift * lift * shared);
      const distance = Math.abs(treatment.value - f * control.value) / error;
      if (Math.abs(distance - 2) < 1e-6) return;
      const isIn = lift > interval.low && lift < interval.high;
      // What is not bounded may hold more than the test would allow, never less.
      if (distance < 2) expect(isIn).toBe(true);
      else if (!interval.isUnbounded) expect(isIn).toBe(false);
    }),
  );
});

test("it holds 0 exactly where the interval of the difference does", () => {
  fc.assert(
    fc.property(figure, figure, (control, treatment) => {
      const { low, high } = relativeInterval(control, treatment, 3)!;
      const z = (treatment.value - control.value) / Math.sqrt(control.variance + treatment.variance);
      if (Math.abs(Math.abs(z) - 3) > 1e-6) expect(low > 0 || high < 0).toBe(Math.abs(z) > 3);
    }),
  );
});

test("a control next to 0 bounds a lift from below alone, or not at all", () => {
  const near = relativeInterval({ value: 1, variance: 1 }, { value: 12, variance: 1 }, 2)!;
  expect(near).toMatchObject({ estimate: 11, high: Infinity, isUnbounded: true });
  expect(near.low).toBeGreaterThan(2);
  const signed = relativeInterval({ value: 1, variance: 1 }, { value: 12, variance: 1 }, 2, {
    isSigned: true,
  })!;
  expect(signed.low).toBe(-Infinity);
  expect(relativeInterval({ value: 1, variance: 1 }, { value: 1, variance: 1 }, 2)).toEqual({
    estimate: 0,
    low: -1,
    high: Infinity,
    isUnbounded: true,
  });
});

test.each([0, -1, Number.NaN])("a control of %d has no lift", (value) => {
  expect(relativeInterval({ value, variance: 1 }, { value: 1, variance: 1 }, 2)).toBeUndefined();
});

test("the error that both share matters the more the larger the lift", () => {
  const [control, treatment] = [
    { value: 10, variance: 1 },
    { value: 30, variance: 1 },
  ];
  const without = relativeInterval(control, treatment, 2)!;
  const shared = relativeInterval(control, treatment, 2, { shared: 1 })!;
  expect(shared.low).toBeLessThan(without.low);
  expect(shared.high).toBeGreaterThan(without.high);
});
