import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluatePolicy } from "../../../src/core/offpolicy/evaluate-policy.ts";
import { rewardsOf, type ExposureRow } from "../../../src/core/offpolicy/exposure-row.ts";
import type { TargetPolicy } from "../../../src/core/offpolicy/policy-sums.ts";
import { expectedReward, tallyRewards } from "../../../src/core/offpolicy/reward-model.ts";
import { runTruth } from "../../bench/stats/ope.ts";

const row = (i: number, item: string, clicks: boolean, more: Partial<ExposureRow> = {}): ExposureRow => ({
  decisionId: `d${i}`,
  slot: "home",
  candidates: ["a", "b"],
  picks: [[item, 0.5]],
  clicked: clicks ? [item] : [],
  ...more,
});

/** 400 rows, a and b by turns; a is clicked in 40 of 200, b in 20 of 200. */
const LOG = Array.from({ length: 400 }, (_, i) =>
  row(i, i % 2 === 0 ? "a" : "b", i % 2 === 0 ? i % 10 === 0 : i % 20 === 1),
);
const always =
  (item: string): TargetPolicy =>
  (one) =>
    one === item ? 1 : 0;

describe("a target on a log small enough to do by hand", () => {
  test("always a: 40 clicks of weight 2 among 400", () => {
    const answer = evaluatePolicy(LOG, always("a"));
    if (answer.kind !== "estimate") return expect.unreachable(answer.sentence);
    const { ips, snips, dm, dr, switchDr } = answer.estimators;
    expect([ips.value, snips.value]).toEqual([0.2, 0.2]);
    // The model draws a's 40 of 200 towards 60 of 400 by the weight of 50: 47.5 / 250.
    expect(dm).toBeCloseTo(0.19, 12);
    expect(dr!.value).toBeCloseTo(0.19 + (2 * (40 - 200 * 0.19)) / 400, 12);
    expect(switchDr!.value).toBe(dr!.value);
    // Residuals of SNIPS: 160 of 2 * 0.2 and 40 of 2 * 0.8, over 400.
    expect(snips.standardError).toBeCloseTo(Math.sqrt(160 * 0.16 + 40 * 2.56) / 400, 12);
    expect(answer.effectiveSampleSize).toBe(200);
    expect(answer.logged.value).toBe(0.15);
    expect(answer.gain!.value).toBeCloseTo(dr!.value - 0.15, 12);
  });

  test("without candidates there is no model, and SNIPS is what to read", () => {
    const bare = LOG.map(({ decisionId, slot, picks, clicked }) => ({ decisionId, slot, picks, clicked }));
    const answer = evaluatePolicy(bare, always("a"));
    expect(answer).toMatchObject({ kind: "estimate", best: "snips", gain: null });
    if (answer.kind === "estimate") expect(answer.estimators).toMatchObject({ dm: null, dr: null });
  });

  test("ten rows of one visitor are one unit: the interval is wider, the value the same", () => {
    const ones = evaluatePolicy([...LOG, ...LOG, ...LOG, ...LOG], always("a"));
    const four = [0, 1, 2, 3].flatMap(() => LOG.map((one, i) => ({ ...one, visitor: `v${i}` })));
    const visitors = evaluatePolicy(four, always("a"));
    const alone = evaluatePolicy(LOG, always("a"));
    if (ones.kind !== "estimate" || visitors.kind !== "estimate" || alone.kind !== "estimate")
      return expect.unreachable("an estimate");
    expect(visitors.units).toBe(400);
    expect(visitors.estimators.ips.value).toBe(alone.estimators.ips.value);
    expect(visitors.estimators.ips.standardError).toBeCloseTo(alone.estimators.ips.standardError, 12);
    expect(visitors.effectiveSampleSize).toBeCloseTo(alone.effectiveSampleSize, 9);
  });
});

describe("what a row earns", () => {
  test("a reward is shared by the picks clicked; without clicks it is nobody's", () => {
    const three = { ...row(0, "a", false), picks: [["a", 1] as const, ["b", 1] as const, ["c", 1] as const] };
    expect(rewardsOf({ ...three, clicked: ["a", "c"], reward: 900 })).toEqual([450, 0, 450]);
    expect(rewardsOf({ ...three, clicked: [], reward: 900 })).toEqual([0, 0, 0]);
    expect(rewardsOf({ ...three, clicked: ["b", "z"] })).toEqual([0, 1, 0]);
  });

  test("an item never shown is expected to earn what its place earns", () => {
    const tally = tallyRewards(LOG);
    expect(expectedReward(tally, "home#0", "new")).toBe(0.15);
    expect(expectedReward(tally, "home#7", "new")).toBe(0);
  });
});

describe("refusals", () => {
  const broken = (change: Partial<ExposureRow>) => [...LOG, row(999, "a", true, change)];
  test.each([
    ["an empty log", [], always("a"), "empty"],
    ["rows without picks", [row(1, "a", false, { picks: [] })], always("a"), "empty"],
    ["a propensity of zero", broken({ picks: [["a", 0]] }), always("a"), "bad_propensity"],
    ["a propensity that is no number", broken({ picks: [["a", Number.NaN]] }), always("a"), "bad_propensity"],
    ["a propensity above one", broken({ picks: [["a", 1.5]] }), always("a"), "bad_propensity"],
    ["infinite revenue", broken({ reward: Infinity }), always("a"), "bad_reward"],
    ["a probability above one", LOG, () => 2, "bad_target"],
    ["a probability that is no number", LOG, () => Number.NaN, "bad_target"],
    ["probabilities that sum up to more than one", LOG, () => 0.9, "bad_target"],
    ["a target that shows other things", LOG, always("c"), "too_few_effective"],
    ["forty rows", LOG.slice(0, 40), () => 0.5, "too_few_effective"],
    ["one enormous weight", broken({ picks: [["a", 1e-150]] }), always("a"), "too_few_effective"],
    ["a weight beyond a double", broken({ picks: [["a", 5e-324]] }), always("a"), "overflow"],
    ["rewards beyond a double", broken({ reward: 1e308 }), always("a"), "overflow"],
    [
      "a log that never explores",
      LOG.map((one) => ({ ...one, picks: [[one.picks[0]![0], 1]] as const })),
      always("a"),
      "not_covered",
    ],
    [
      "propensities that were made up",
      LOG.map((one) => ({ ...one, picks: [[one.picks[0]![0], 0.1]] as const })),
      always("a"),
      "propensities_off",
    ],
    ["no clicks", LOG.map((one) => ({ ...one, clicked: [] })), always("a"), "too_few_rewards"],
  ] as const)("%s", (_, rows, target, reason) => {
    const answer = evaluatePolicy(rows, target);
    expect(answer).toMatchObject({ kind: "refused", reason });
    if (answer.kind !== "refused") return;
    expect(answer.sentence).toMatch(/^No estimate: .+\.$/);
    expect(answer.sentence + answer.cure).not.toMatch(/NaN|Infinity|undefined/);
    expect(Number.isFinite(answer.effectiveSampleSize)).toBe(true);
  });
});

test("whatever a log holds, every figure of the answer is a finite number", () => {
  const amount = fc.oneof(fc.double(), fc.constantFrom(0, 1, 0.5, 1e-320, 1e308, -1));
  const odd = fc.record({
    item: fc.constantFrom("a", "b", "c"),
    propensity: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(0.2, 0.5, 1) },
      { weight: 1, arbitrary: amount },
    ),
    clicks: fc.boolean(),
    reward: fc.option(amount, { nil: undefined }),
    visitor: fc.option(fc.constantFrom("v1", "v2"), { nil: undefined, freq: 20 }),
  });
  let estimates = 0;
  fc.assert(
    fc.property(
      fc.array(odd, { maxLength: 3 }),
      fc.boolean(),
      fc.double({ min: 0, max: 1 }),
      (odds, isLong, share) => {
        const rows = odds.map(({ item, propensity, clicks, reward, visitor }, i) =>
          row(1000 + i, item, clicks, {
            picks: [[item, propensity]],
            ...(reward === undefined ? {} : { reward }),
            ...(visitor === undefined ? {} : { visitor }),
          }),
        );
        const answer = evaluatePolicy(
          [...(isLong ? LOG : []), ...rows],
          (item) => (item === "a" ? share : 1 - share) || 0,
        );
        if (answer.kind === "estimate") estimates++;
        const numbers: number[] = [];
        JSON.stringify(
          answer,
          (_, value: unknown) => (typeof value === "number" && numbers.push(value), value),
        );
        expect(numbers.every(Number.isFinite)).toBe(true);
        expect(JSON.stringify(answer)).not.toMatch(/NaN|Infinity|undefined/);
      },
    ),
  );
  expect(estimates).toBeGreaterThan(0);
});

test("on a truth that is known DR errs less than IPS, and its intervals hold", () => {
  const { drToIps, coverage } = runTruth({ seeds: 20, rows: 2000 });
  expect(drToIps).toBeLessThan(0.85);
  expect(coverage.dr).toBeGreaterThanOrEqual(0.8);
});
