import { describe, expect, test } from "vitest";
import { seededRng } from "../../../src/core/primitives/rng.ts";
import { compareCounts, logShareEvidence, shareInterval } from "../../../src/core/stats/small-counts.ts";
import { readShared } from "../../support/shared.ts";

const text = readShared("vectors/confseq/confseq_unit_tests.json");
type Row = { s: number; n: number; alpha: number; t_opt: number; lo: number; hi: number };
const rows = text === undefined ? [] : (JSON.parse(text) as { bernoulli_ci: Row[] }).bernoulli_ci;

describe.skipIf(text === undefined)("confseq's Bernoulli intervals, within 1e-5", () => {
  test("five rows", () => expect(rows).toHaveLength(5));

  test.each(rows)("$s of $n", ({ s, n, alpha, t_opt, lo, hi }) => {
    const { low, high } = shareInterval(s, n, alpha, t_opt);
    expect(Math.abs(low - lo)).toBeLessThan(1e-5);
    expect(Math.abs(high - hi)).toBeLessThan(1e-5);
  });
});

test("the ends are where the evidence is enough", () => {
  for (const [successes, trials] of [
    [10, 30],
    [40, 90],
    [960, 1000],
    [12, 100_000],
  ] as const) {
    const { low, high } = shareInterval(successes, trials, 0.05);
    expect(low).toBeLessThan(successes / trials);
    expect(high).toBeGreaterThan(successes / trials);
    for (const p of [low, high])
      expect(Math.abs(logShareEvidence(successes, trials, p) + Math.log(0.05))).toBeLessThan(1e-3);
  }
});

test("nothing and everything leave an end open", () => {
  expect(shareInterval(0, 0, 0.05)).toEqual({ low: 0, high: 1 });
  expect(shareInterval(0, 50, 0.05).low).toBe(0);
  expect(shareInterval(0, 50, 0.05).high).toBeLessThan(0.2);
  expect(shareInterval(50, 50, 0.05).high).toBe(1);
});

// A fair gambler's stake is worth what it was on average: summed over all outcomes of 30 trials.
test.each([0.02, 0.3, 0.5, 0.95])("the evidence is 1 on average where the share is %d", (p) => {
  const trials = 30;
  let mean = 0;
  let chance = (1 - p) ** trials;
  for (let k = 0; k <= trials; k++) {
    mean += chance * Math.exp(logShareEvidence(k, trials, p));
    chance *= ((trials - k) / (k + 1)) * (p / (1 - p));
  }
  expect(mean).toBeCloseTo(1, 10);
});

describe("two arms", () => {
  const counts = { users: 9000, doers: 60, treatmentDoers: 50, treatmentShare: 0.5 };

  test("a large difference is told, on the right side", () => {
    const { difference, lift, p } = compareCounts(counts, 0.05);
    expect(difference.low).toBeGreaterThan(0);
    expect(lift.low).toBeGreaterThan(0);
    expect(lift.high).toBeGreaterThan(4);
    expect(p).toBeLessThan(0.001);
    const other = compareCounts({ ...counts, treatmentDoers: 10 }, 0.05);
    expect(other.difference.high).toBeCloseTo(-difference.low, 9);
    expect(other.p).toBeCloseTo(p, 12);
  });

  test("nobody, and nobody in the control, leave the lift open above", () => {
    for (const doers of [0, 4]) {
      const { difference, lift } = compareCounts({ ...counts, doers, treatmentDoers: doers }, 0.05);
      expect(lift.high).toBe(Infinity);
      expect(Number.isFinite(difference.high)).toBe(true);
      expect(difference.low).toBeLessThan(0);
    }
  });

  test("an uneven split is no difference", () => {
    expect(
      compareCounts({ users: 10_000, doers: 100, treatmentDoers: 95, treatmentShare: 0.95 }, 0.05).p,
    ).toBe(1);
  });

  test("looked at after every doer it errs in at most 5 % (and not never)", () => {
    const rng = seededRng("small counts");
    let wrong = 0;
    const runs = 1000;
    for (let run = 0; run < runs; run++) {
      let treatment = 0;
      for (let n = 1; n <= 200; n++) {
        treatment += rng() < 0.5 ? 1 : 0;
        if (logShareEvidence(treatment, n, 0.5) < Math.log(20)) continue;
        wrong++;
        break;
      }
    }
    expect(wrong / runs).toBeLessThan(0.05);
    expect(wrong / runs).toBeGreaterThan(0.005);
  });
});
