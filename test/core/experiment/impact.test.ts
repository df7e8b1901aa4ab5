import { describe, expect, test } from "vitest";
import { asExperiment, holdoutsOf, withheldKey } from "../../../src/core/experiment/holdouts.ts";
import { impactOf } from "../../../src/core/experiment/impact.ts";
import { lookOf, type Look } from "../../../src/core/experiment/look.ts";
import { reportExperiment } from "../../../src/core/experiment/report.ts";
import type { Tally } from "../../../src/core/experiment/tally.ts";
import { readConfig } from "../../../src/core/config/read.ts";

const NOW = Date.UTC(2026, 10, 22);
const DAY = 86_400_000;

/** Visitors of whom `buyers` spend 50.00 and earn the shop 20.00; every second buyer had clicked. */
const tally = (part: string, users: number, buyers: number): Tally => ({
  part,
  sums: {
    users,
    buyers,
    orders: buyers,
    "orders*orders": buyers,
    revenue: buyers * 5000,
    "revenue*revenue": buyers * 5000 ** 2,
    margin: buyers * 2000,
    "margin*margin": buyers * 2000 ** 2,
    clicks: buyers / 2,
    clickers: buyers / 2,
    "clickers*revenue": (buyers / 2) * 5000,
  },
});
const site = asExperiment({ kind: "site", name: "holdout", share: 0.05 });

function impact(heldOut: readonly [number, number], rest: readonly [number, number], days = 20) {
  const looks: Look[] = [];
  const tallies = [tally("held_out", ...heldOut), tally("personalized", ...rest)];
  for (const at of [NOW - days * DAY, NOW]) {
    const evidence = { tallies, looks: [...looks], now: at, currency: "EUR" };
    const look = lookOf(site, reportExperiment(site, evidence), at);
    if (look) looks.push(look);
  }
  return impactOf(reportExperiment(site, { tallies, looks, now: NOW, currency: "EUR" }), "EUR")[0]!;
}

describe("what a holdout tells in money", () => {
  test("the difference per visitor times those who got it, with its range, in revenue and margin", () => {
    const found = impact([5_000, 250], [95_000, 7_600]);
    // 5 % buy without it and 8 % with it: 1.50 a visitor.
    expect(found.revenue.estimate).toBe(95_000 * 150);
    expect(found.margin.estimate).toBe(95_000 * 60);
    expect(found.revenue.low!).toBeGreaterThan(0);
    expect(found.revenue.low!).toBeLessThan(found.revenue.estimate!);
    expect(found.isTold).toBe(true);
    expect(found.sentence).toMatch(
      /^It earned between \d+\.\d\d EUR and \d+\.\d\d EUR that would not have been earned without it\.$/,
    );
    expect(found.overTime).toHaveLength(1);
  });

  test("while nothing can be told: what clickers spent, called what it is, and how long it may take", () => {
    const found = impact([5_000, 350], [95_000, 7_300]);
    expect(found.isTold).toBe(false);
    expect(found.attributed).toEqual({ revenue: 3_650 * 5000, note: "not incremental" });
    expect(found.daysToAnswer).toBeGreaterThan(20);
    expect(found.sentence).toMatch(
      /^Not told yet .* an answer takes about \d+ weeks more .* attributed, not incremental\.$/,
    );
  });

  test("a loss is a cost, and a broken split tells nothing", () => {
    expect(impact([5_000, 400], [95_000, 4_750]).sentence).toMatch(/^It cost between/);
    const broken = impact([5_000, 250], [140_000, 11_000]);
    expect(broken).toMatchObject({ isTold: false, sentence: expect.stringContaining("did not split") });
  });

  test("the whole rest is compared: the error is .73 of equal groups', or less", () => {
    const { goals } = reportExperiment(site, {
      tallies: [tally("held_out", 5_000, 300), tally("personalized", 95_000, 5_700)],
      looks: [],
      now: NOW,
    });
    const equal = reportExperiment(site, {
      tallies: [tally("held_out", 5_000, 300), tally("personalized", 5_000, 300)],
      looks: [],
      now: NOW,
    });
    const error = (one: typeof goals) => one[0]!.comparisons[0]!.standardError!;
    expect(error(goals) / error(equal.goals)).toBeLessThan(0.73);
  });
});

test("every holdout of a config is an experiment: the site's, a slot's, a rule's", () => {
  const config = readConfig({
    slots: { cart: { holdout: 0.1 }, home: {} },
    rules: [
      { id: "winter", holdout: 0.2, then: [{ do: "limit", max: 1 }] },
      { id: "plain", then: [{ do: "limit", max: 1 }] },
    ],
  });
  expect(holdoutsOf(config).map((one) => [withheldKey(one), one.share])).toEqual([
    ["holdout", 0.05],
    ["slot:cart", 0.1],
    ["rule:winter", 0.2],
  ]);
  expect(holdoutsOf(readConfig({ holdout: { share: 0 } }))).toEqual([]);
});
