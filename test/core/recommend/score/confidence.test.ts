import { describe, expect, test } from "vitest";
import type { Evidence } from "../../../../src/core/decide/strategy/strategy.ts";
import { certainty, confidenceOf, CONTENT_MAX } from "../../../../src/core/recommend/score/confidence.ts";
import { worldOf } from "../../decide/scenes.ts";

const world = worldOf();
const sure = (evidence: Evidence) => confidenceOf(evidence, world);
const bought = (times: number, customers: number): Evidence => ({
  code: "bought_together",
  with: 0,
  times,
  customers,
});

describe("certainty", () => {
  // Exact lower bounds: half the 10 % quantile of chi-squared with 2n degrees of freedom (R: qgamma(.1, n)).
  test.each([
    [1, 0.105],
    [2, 0.532],
    [5, 2.433],
    [20, 14.525],
  ])("of %d events is the lower bound of a Poisson count", (n, bound) => {
    expect(certainty(n) * n).toBeCloseTo(bound, 1);
  });

  test("grows with the count, within [0, 1], whatever the number", () => {
    let before = 0;
    for (let n = 1; n < 1e6; n = Math.ceil(n * 1.5)) {
      expect(certainty(n)).toBeGreaterThan(before);
      before = certainty(n);
    }
    for (const n of [0, -1, 0.01, Number.NaN, Number.POSITIVE_INFINITY, 1e300]) {
      expect(certainty(n)).toBeGreaterThanOrEqual(0);
      expect(certainty(n)).toBeLessThanOrEqual(1);
    }
  });
});

describe("confidenceOf", () => {
  test("more events and more people make surer", () => {
    expect(sure(bought(20, 5))).toBeGreaterThan(sure(bought(5, 5)));
    expect(sure(bought(5, 5))).toBeGreaterThan(sure(bought(5, 3)));
  });

  test("one person's habit counts once", () => {
    expect(sure(bought(500, 1))).toBe(sure(bought(1, 1)));
  });

  test("order: pinned, the shop's pair, likeness; a well proven pair above the shop's, a lone one below likeness", () => {
    const alike = sure({ code: "same_type", as: 0, similarity: 1 });
    const pair = sure({ code: "shop_pairs", with: 0 });
    expect(sure({ code: "pinned" })).toBe(1);
    expect(pair).toBe(0.6);
    expect(alike).toBe(CONTENT_MAX);
    expect(sure(bought(200, 5))).toBeGreaterThan(pair);
    expect(sure(bought(1, 1))).toBeLessThan(alike);
  });

  test("a stand-in is surer the more alike it is, and never surer than likeness alone may be", () => {
    const standIn = (similarity: number, times = 1000): Evidence => ({
      code: "similar_to_viewed",
      standsFor: "seed",
      about: 0,
      twin: 1,
      how: "bought",
      similarity,
      times,
      customers: 5,
    });
    expect(sure(standIn(0.9))).toBeGreaterThan(sure(standIn(0.5)));
    expect(sure(standIn(7))).toBeLessThanOrEqual(CONTENT_MAX);
    expect(sure(standIn(Number.NaN))).toBe(0);
  });

  test("every kind of evidence is within [0, 1]", () => {
    const all: Evidence[] = [
      bought(0, 0),
      bought(65_535, 255),
      { code: "viewed_together", with: 0, times: 7, customers: 5 },
      { code: "trade_up", from: 0, customers: 3 },
      { code: "step_up", from: 0 },
      { code: "same_type", as: 0 },
      { code: "same_type", as: 0, similarity: -3 },
      { code: "recently_viewed" },
      { code: "trending" },
      { code: "bestseller" },
      { code: "buy_again", days: 30, whose: "own" },
    ];
    for (const evidence of all) {
      expect(sure(evidence)).toBeGreaterThanOrEqual(0);
      expect(sure(evidence)).toBeLessThanOrEqual(1);
    }
  });
});
