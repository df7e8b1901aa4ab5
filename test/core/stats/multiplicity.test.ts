import * as fc from "fast-check";
import { expect, test } from "vitest";
import { benjaminiHochberg, holm } from "../../../src/core/stats/multiplicity.ts";

const rounded = (values: number[]) => values.map((value) => Number(value.toFixed(12)));

// Worked by hand from the definitions.
test("Holm: the smallest times 4, the next times 3, never falling", () => {
  expect(rounded(holm([0.01, 0.04, 0.03, 0.005]))).toEqual([0.03, 0.06, 0.06, 0.02]);
});

test("Benjamini-Hochberg: times 4 over the rank, never rising towards the smallest", () => {
  expect(rounded(benjaminiHochberg([0.01, 0.04, 0.03, 0.005]))).toEqual([0.02, 0.04, 0.04, 0.02]);
});

test("one comparison or none needs no adjustment", () => {
  expect([holm([0.2]), benjaminiHochberg([0.2]), holm([]), benjaminiHochberg([])]).toEqual([
    [0.2],
    [0.2],
    [],
    [],
  ]);
});

test("p <= BH <= Holm <= 1, and the order of the comparisons changes nothing", () => {
  const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(pValues, (ps) => {
      const [strict, loose] = [holm(ps), benjaminiHochberg(ps)];
      ps.forEach((p, i) => {
        expect(loose[i]).toBeGreaterThanOrEqual(p * (1 - 1e-15));
        expect(strict[i]).toBeGreaterThanOrEqual(loose[i]! * (1 - 1e-15));
        expect(strict[i]).toBeLessThanOrEqual(1);
      });
      expect(holm(ps.toReversed()).toReversed()).toEqual(strict);
      expect(benjaminiHochberg(ps.toReversed()).toReversed()).toEqual(loose);
    }),
  );
});
