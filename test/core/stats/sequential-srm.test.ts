import { expect, test } from "vitest";
import { seededRng } from "../../../src/core/primitives/rng.ts";
import { sequentialSrmPValue, sequentialSrmPValueOver } from "../../../src/core/stats/sequential-srm.ts";

test("a right split is no evidence, a wrong one is", () => {
  expect(sequentialSrmPValue([50_000, 50_000], [1, 1])).toBe(1);
  expect(sequentialSrmPValue([51_000, 49_000], [1, 1])).toBeLessThan(0.001);
  expect(sequentialSrmPValue([0, 0], [1, 1])).toBe(1);
  expect(sequentialSrmPValue([100], [1])).toBe(1);
});

test("an arm of weight 0 counts neither as visitors nor as a degree of freedom", () => {
  expect(sequentialSrmPValue([1000, 0, 1300], [1, 0, 1])).toBe(sequentialSrmPValue([1000, 1300], [1, 1]));
  expect(sequentialSrmPValue([1000, 70, 1300], [0.5, 0, 0.5])).toBe(
    sequentialSrmPValue([1000, 1300], [1, 1]),
  );
});

// Of all ways in which 12 people fall into three arms, the evidence is 1 on average: a fair gamble.
test("the evidence is 1 on average where the split is right", () => {
  const [weights, n, concentration] = [[0.2, 0.3, 0.5], 12, 5];
  const factorial = (k: number): number => (k <= 1 ? 1 : k * factorial(k - 1));
  let mean = 0;
  for (let a = 0; a <= n; a++)
    for (let b = 0; a + b <= n; b++) {
      const c = n - a - b;
      const ways = factorial(n) / (factorial(a) * factorial(b) * factorial(c));
      const chance = ways * 0.2 ** a * 0.3 ** b * 0.5 ** c;
      // Only what the cut at 1 leaves can be read back: such outcomes are where evidence is for the split.
      const p = sequentialSrmPValue([a, b, c], weights, concentration);
      mean += chance * (p < 1 ? 1 / p : 0);
    }
  expect(mean).toBeLessThan(1);
  expect(mean).toBeGreaterThan(0.3);
});

test("weights that changed: each period against its own", () => {
  const first = { users: [5000, 5000], weights: [1, 1] };
  const second = { users: [9000, 1000], weights: [9, 1] };
  expect(sequentialSrmPValueOver([first, second])).toBe(1);
  // All visitors against either weights alone would be a wrong split.
  expect(sequentialSrmPValue([14_000, 6000], [1, 1])).toBeLessThan(1e-9);
  expect(sequentialSrmPValue([14_000, 6000], [9, 1])).toBeLessThan(1e-9);
  const broken = { users: [9300, 700], weights: [9, 1] };
  expect(sequentialSrmPValueOver([first, broken])).toBeLessThan(0.001);
  expect(sequentialSrmPValueOver([broken])).toBe(sequentialSrmPValue([9300, 700], [9, 1]));
  expect(sequentialSrmPValueOver([])).toBe(1);
});

test("looked at after every hundred visitors a right split is hardly ever blocked", () => {
  const rng = seededRng("srm");
  let blocked = 0;
  for (let run = 0; run < 100; run++) {
    let [one, isBlocked] = [0, false];
    for (let n = 1; n <= 10_000; n++) {
      one += rng() < 0.5 ? 1 : 0;
      if (n % 100 === 0) isBlocked ||= sequentialSrmPValue([one, n - one], [1, 1]) < 0.001;
    }
    blocked += isBlocked ? 1 : 0;
  }
  expect(blocked).toBeLessThan(3);
});
