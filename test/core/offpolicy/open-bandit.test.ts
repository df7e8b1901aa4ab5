import { describe, expect, test } from "vitest";
import { effectiveSampleSize, estimatePolicy, estimatorsOf } from "../../../src/core/offpolicy/estimate.ts";
import { sumPolicy } from "../../../src/core/offpolicy/evaluate-policy.ts";
import type { ExposureRow } from "../../../src/core/offpolicy/exposure-row.ts";
import { joinSums, type PolicySums, type TargetPolicy } from "../../../src/core/offpolicy/policy-sums.ts";
import { joinTallies, tallyRewards } from "../../../src/core/offpolicy/reward-model.ts";
import { readShared } from "../../support/shared.ts";

type Wanted = { ips: number; snips: number; dm: number; dr: number; ess: number; se_ips: number };
type Campaign = {
  arms: number;
  random_ctr: number;
  bts_ctr: number;
  evaluate_bts_on_random_logs: Wanted;
  evaluate_random_on_bts_logs: Wanted;
  bts_action_dist_item_by_position: number[][];
};
const text = readShared("data/open-bandit/ope_reference_values.json");
const reference = text === undefined ? undefined : (JSON.parse(text) as Record<string, Campaign>);

function rowsOf(campaign: string, policy: string, arms: number): ExposureRow[] {
  const csv = readShared(`data/open-bandit/${campaign}-compact.csv.gz`)!;
  const candidates = Array.from({ length: arms }, (_, item) => String(item));
  const lines = csv.trim().split("\n").slice(1);
  return lines.flatMap((line, i) => {
    const [logged, item, position, click, propensity] = line.trim().split(",") as [
      string,
      string,
      string,
      string,
      string,
    ];
    if (logged !== policy) return [];
    return {
      decisionId: `${i}`,
      slot: position,
      candidates,
      picks: [[item, Number(propensity)]],
      clicked: click === "1" ? [item] : [],
    } satisfies ExposureRow;
  });
}

// Values computed elsewhere from the Open Bandit Dataset (Saito et al. 2021), see the note beside the file: stored to 1e-6 or better.
describe.skipIf(reference === undefined).each([
  ["men", "random", 2474.494996673635],
  ["men", "bts", 655.7098495873269],
  ["women", "random", 1957.5747299727946],
  ["women", "bts", 2.077822692483687],
] as const)("Open Bandit, %s, logged by %s", (campaign, logged, size) => {
  const { arms, ...own } = reference?.[campaign] ?? ({ arms: 0 } as Campaign);
  const rows = reference === undefined ? [] : rowsOf(campaign, logged, arms);
  const bts: TargetPolicy = (item, { row }) =>
    own.bts_action_dist_item_by_position[Number(item)]![Number(row.slot) - 1]!;
  const target: TargetPolicy = logged === "random" ? bts : () => 1 / arms;
  const wanted = logged === "random" ? own.evaluate_bts_on_random_logs : own.evaluate_random_on_bts_logs;
  const sums = sumPolicy(rows, target, tallyRewards(rows));
  const got = estimatorsOf(sums);

  test("IPS, SNIPS, DM, DR, effective sample size and the error of IPS", () => {
    expect(rows).toHaveLength(10_000);
    expect(wanted.ess).toBe(size);
    for (const [name, value] of Object.entries({
      ips: got?.ips.value,
      snips: got?.snips.value,
      dm: got?.dm,
      dr: got?.dr?.value,
      se_ips: got?.ips.standardError,
    })) {
      expect(Math.abs(value! - wanted[name as keyof Wanted]), name).toBeLessThan(1e-9);
    }
    expect(effectiveSampleSize(sums)).toBeCloseTo(wanted.ess, 6);
  });

  test("Switch-DR is DR where no weight is above the threshold, and DM where all are", () => {
    const all = estimatorsOf(sumPolicy(rows, target, tallyRewards(rows), Infinity));
    expect(all?.switchDr).toEqual(got?.dr);
    const none = estimatorsOf(sumPolicy(rows, target, tallyRewards(rows), 0));
    expect(none?.switchDr?.value).toBeCloseTo(wanted.dm, 9);
  });

  test("an estimate with its interval, or a refusal where one row decides", () => {
    const answer = estimatePolicy(sums);
    if (size < 100) {
      expect(answer).toMatchObject({ kind: "refused", reason: "too_few_effective" });
      if (answer.kind === "refused")
        expect(answer.sentence).toContain("10000 exposed picks are worth only 2.08");
    } else if (answer.kind === "estimate") {
      expect(answer.best).toBe("dr");
      expect(answer.logged.value).toBeCloseTo(logged === "random" ? own.random_ctr : own.bts_ctr, 12);
      const { low, high } = answer.estimators.dr!;
      expect([low < wanted.dr, wanted.dr < high]).toEqual([true, true]);
      // 46 clicks of 10,000 cannot tell the policies apart; 69 can tell that random picks are worse.
      expect(answer.sentence).toContain(logged === "random" ? "no difference can be told" : "less by 0.002");
    } else expect.unreachable(answer.sentence);
  });

  test("three shards added up tell what one tells", () => {
    const shards = [0, 1, 2].map((shard) => rows.filter((_, i) => i % 3 === shard));
    const tally = shards.map((shard) => tallyRewards(shard)).reduce(joinTallies);
    const joined = shards.map((shard) => sumPolicy(shard, target, tally)).reduce(joinSums);
    const flat = (one: PolicySums) =>
      Object.values(one).flatMap((part) => (typeof part === "number" ? [part] : Object.values(part)));
    const [a, b] = [flat(joined), flat(sums)];
    a.forEach((value, i) => expect(Math.abs(value - b[i]!)).toBeLessThanOrEqual(1e-9 * Math.abs(b[i]!)));
  });
});
