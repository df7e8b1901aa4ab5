import { describe, expect, test } from "vitest";
import { BANDIT_DEFAULTS } from "../../../src/core/bandit/allocate.ts";
import { cholesky, solve } from "../../../src/core/bandit/cholesky.ts";
import { allocateLeaves } from "../../../src/core/bandit/leaves.ts";
import {
  addLinear,
  allocateLinear,
  customerSums,
  fitLinear,
  linearPosteriors,
  noSums,
} from "../../../src/core/bandit/linear.ts";
import { seededRng } from "../../../src/core/primitives/rng.ts";
import { proportionMoments } from "../../../src/core/stats/moments.ts";
import { conversionsOf, RATES } from "../../bench/stats/bandit-contexts.ts";

const arm = (successes: number, n: number) => ({ moments: proportionMoments(successes, n) });
const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0);

describe("contexts as leaves", () => {
  test("each gets the arm that is best there", () => {
    const [one, other] = allocateLeaves(
      [
        [arm(300, 3000), arm(150, 3000)],
        [arm(150, 3000), arm(300, 3000)],
      ],
      BANDIT_DEFAULTS,
    );
    expect(one![0]).toBeGreaterThan(0.95);
    expect(other![1]).toBeGreaterThan(0.95);
    expect(sum(one!)).toBeCloseTo(1, 12);
  });

  test("a context that nobody has come from yet follows the others", () => {
    const leaves = [
      [arm(300, 3000), arm(150, 3000)],
      [arm(310, 3000), arm(140, 3000)],
      [arm(0, 0), arm(0, 0)],
    ];
    expect(allocateLeaves(leaves, BANDIT_DEFAULTS)[2]![0]).toBeGreaterThan(0.9);
  });

  test("what is off stays off; too few, or all alike: equal shares", () => {
    const off = { ...arm(100, 1000), isOff: true };
    expect(allocateLeaves([[arm(50, 1000), off]], BANDIT_DEFAULTS)).toEqual([[1, 0]]);
    expect(allocateLeaves([[arm(5, 10), arm(0, 10)]], BANDIT_DEFAULTS)).toEqual([[0.5, 0.5]]);
    expect(allocateLeaves([[arm(0, 1000), arm(0, 1000)]], BANDIT_DEFAULTS)).toEqual([[0.5, 0.5]]);
    const empty = [arm(0, 0), { ...arm(0, 0), isOff: true }];
    expect(allocateLeaves([[arm(50, 1000), off], empty], BANDIT_DEFAULTS)[1]).toEqual([1, 0]);
    expect(allocateLeaves([], BANDIT_DEFAULTS)).toEqual([]);
  });
});

describe("linear", () => {
  test("Cholesky solves, and refuses what has no positive eigenvalues", () => {
    expect(Array.from(solve(cholesky([4, 2, 2, 5], 2)!, [8, 9]))).toEqual([1.375, 1.25]);
    expect(cholesky([1, 2, 2, 1], 2)).toBeUndefined();
  });

  test("sums can be taken back exactly", () => {
    const both = addLinear(customerSums([1, 3], 7), customerSums([1, 2], 4));
    expect(addLinear(both, customerSums([1, 2], 4, -1))).toEqual(customerSums([1, 3], 7));
    expect(noSums(2).xx).toHaveLength(3);
  });

  const rng = seededRng("linear");
  const sums = [noSums(2), noSums(2)];
  for (let i = 0; i < 4000; i++) {
    const isNew = rng() < 0.5 ? 1 : 0;
    const at = i % 2;
    const rate = at === isNew ? 0.2 : 0.1;
    sums[at] = addLinear(sums[at]!, customerSums([1, isNew], rng() < rate ? 1 : 0));
  }

  test("finds each arm's line, and gives each customer the arm that is best for them", () => {
    const bandit = fitLinear(sums);
    expect(linearPosteriors(bandit!, [1, 0])[0]!.mean).toBeCloseTo(0.2, 1);
    expect(allocateLinear(bandit, [1, 0], 2, BANDIT_DEFAULTS)[0]).toBeGreaterThan(0.9);
    expect(allocateLinear(bandit, [1, 1], 2, BANDIT_DEFAULTS)[1]).toBeGreaterThan(0.9);
  });

  test("equal shares where nothing can be fitted", () => {
    expect(fitLinear([noSums(2), noSums(2)])).toBeUndefined();
    expect(fitLinear([])).toBeUndefined();
    // One feature is twice the other.
    const same = Array.from({ length: 2 }, () => {
      let all = noSums(2);
      for (let i = 0; i < 99; i++) all = addLinear(all, customerSums([1, 2], i % 2));
      return all;
    });
    expect(allocateLinear(fitLinear(same), [1, 2], 2, BANDIT_DEFAULTS)).toEqual([0.5, 0.5]);
  });
});

test("contexts win a tenth where arms differ by context", () => {
  const of = (kind: "contextFree" | "leaves" | "linear") =>
    conversionsOf(RATES.different, kind, seededRng("smoke"));
  const base = of("contextFree");
  expect(of("leaves")).toBeGreaterThan(1.1 * base);
  expect(of("linear")).toBeGreaterThan(1.1 * base);
});
