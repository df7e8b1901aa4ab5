import * as fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { Experiment } from "../../../src/core/config/config.ts";
import { lookOf, type Look } from "../../../src/core/experiment/look.ts";
import { reportExperiment, type ExperimentReport } from "../../../src/core/experiment/report.ts";
import type { Tally } from "../../../src/core/experiment/tally.ts";

const NOW = Date.UTC(2026, 10, 22);
const DAY = 86_400_000;
type Parts = Partial<v.InferInput<typeof Experiment>>;
const experimentOf = (ids: readonly string[] = ["control", "treated"], parts: Parts = {}): Experiment =>
  v.parse(Experiment, { id: "bold", variations: ids.map((id) => ({ id })), ...parts });

/** `users` of whom `buyers` spend one amount once and as many spend nothing as are left. */
const tallyOf = (part: string, users: number, buyers = 0, minor = 5000, more: object = {}): Tally => ({
  part,
  sums: {
    users,
    buyers,
    orders: buyers,
    "orders*orders": buyers,
    revenue: buyers * minor,
    "revenue*revenue": buyers * minor ** 2,
    "orders*revenue": buyers * minor,
    ...more,
  },
});

const report = (
  tallies: readonly Tally[],
  experiment = experimentOf(),
  looks: readonly Look[] = [],
  now = NOW,
): ExperimentReport => reportExperiment(experiment, { tallies, looks, now, currency: "EUR" });

describe("verdicts", () => {
  test.each<[name: string, tallies: Tally[], state: string, headline: string | RegExp]>([
    ["nobody yet", [], "undecided", "No difference can be told yet: too few visitors have come."],
    [
      "too few visitors",
      [tallyOf("control", 120, 20), tallyOf("treated", 99, 20)],
      "undecided",
      /^No difference can be told yet: .*99 visitors.*100\.$/,
    ],
    [
      "too few buyers",
      [tallyOf("control", 1000, 1), tallyOf("treated", 1000, 8)],
      "undecided",
      /^No difference can be told yet: there are 9 visitors who did it; \d+ are needed\.$/,
    ],
    [
      "everybody the same",
      [tallyOf("control", 200, 200), tallyOf("treated", 200, 200)],
      "undecided",
      /^No difference can be told yet: every visitor did the same/,
    ],
    [
      "no difference",
      [tallyOf("control", 1000, 50), tallyOf("treated", 1000, 52)],
      "undecided",
      "No difference can be told yet.",
    ],
    ["a win", [tallyOf("control", 5000, 300), tallyOf("treated", 5000, 500)], "win", "“treated” wins."],
    ["a loss", [tallyOf("control", 5000, 500), tallyOf("treated", 5000, 300)], "loss", "“treated” loses."],
    [
      "a broken split",
      [tallyOf("control", 10_000, 600), tallyOf("treated", 11_000, 900)],
      "broken",
      /did not split as configured/,
    ],
  ])("%s", (_, tallies, state, headline) => {
    const { verdict } = report(tallies);
    expect(verdict.state).toBe(state);
    if (typeof headline === "string") expect(verdict.headline).toBe(headline);
    else expect(verdict.headline).toMatch(headline);
    expect(verdict.action.length).toBeGreaterThan(10);
  });

  test("the sentence tells the range in money and as a lift", () => {
    const { verdict } = report([tallyOf("control", 5000, 300), tallyOf("treated", 5000, 500)]);
    expect(verdict.sentences[0]).toMatch(
      /^With “treated” a visitor spends between \d\.\d\d EUR and \d\.\d\d EUR more than with “control” \(\+\d+ to \+\d+ %\)\.$/,
    );
    expect(verdict.action).toBe("Give everybody “treated”; it is safe to stop.");
  });

  test("a win that loses a guardrail is no win", () => {
    const { verdict } = report([
      tallyOf("control", 5000, 300, 5000, { optOuts: 20 }),
      tallyOf("treated", 5000, 500, 5000, { optOuts: 120 }),
    ]);
    expect(verdict).toMatchObject({
      state: "undecided",
      headline: "“treated” wins on revenue, and loses on opt_out_rate.",
    });
    expect(verdict.sentences.at(-1)).toMatch(
      /who opt out is between .* points higher .* This is a guardrail\.$/,
    );
  });

  test("variations share the chance of erring: what is told of one may not be of one among five", () => {
    const arms = [tallyOf("control", 5000, 300), tallyOf("treated", 5000, 387)];
    expect(report(arms).verdict.state).toBe("win");
    const others = ["b", "c", "d", "e"].map((id) => tallyOf(id, 5000, 300));
    const many = experimentOf(["control", "treated", "b", "c", "d", "e"]);
    expect(report([...arms, ...others], many).verdict.state).toBe("undecided");
  });

  test("shards of one variation add up; one that the experiment does not have is left out", () => {
    const whole = [tallyOf("control", 500, 50), tallyOf("treated", 500, 80)];
    const parts = [
      tallyOf("treated", 300, 60),
      tallyOf("control", 500, 50),
      tallyOf("treated", 200, 20),
      tallyOf("removed", 900, 900),
    ];
    expect(report(parts)).toEqual(report(whole));
  });

  test("a variation of weight zero is neither waited for nor missed in the split", () => {
    const experiment = v.parse(Experiment, {
      id: "bold",
      variations: [
        { id: "control", weight: 0.5 },
        { id: "treated", weight: 0.5 },
        { id: "retired", weight: 0 },
      ],
    });
    const { split, verdict } = report(
      [tallyOf("control", 5000, 300), tallyOf("treated", 5000, 500)],
      experiment,
    );
    expect(split.blocks).toBe(false);
    expect(verdict.state).toBe("win");
  });

  test("never NaN, whatever the sums: nothing, one, everything, more than a double holds", () => {
    const number = fc.oneof(fc.nat(20), fc.double({ min: 0, max: 1e308, noNaN: true }), fc.constant(0));
    const sums = fc.record({
      users: number,
      buyers: number,
      orders: number,
      revenue: number,
      before: number,
    });
    fc.assert(
      fc.property(sums, sums, (control, treated) => {
        const squared = (of: typeof control) => ({
          ...of,
          "revenue*revenue": of.revenue ** 2,
          "orders*orders": of.orders ** 2,
          "before*before": of.before ** 2,
          "before*revenue": of.before * of.revenue,
        });
        const found = report([
          { part: "control", sums: squared(control) },
          { part: "treated", sums: squared(treated) },
        ]);
        for (const one of found.goals.flatMap((goal) => goal.comparisons))
          for (const value of Object.values(one))
            if (typeof value === "number") expect(Number.isFinite(value)).toBe(true);
        expect(found.verdict.sentences.join()).not.toMatch(/NaN|Infinity|undefined|null/);
      }),
    );
  });
});

describe("with a plan", () => {
  const plan = { visitors: 10_000, looks: 5 };
  const planned = experimentOf(undefined, { plan });
  const arms = (users: number, of: number) => [
    tallyOf("control", users / 2, 0.06 * users * 0.5),
    tallyOf("treated", users / 2, of * users * 0.5),
  ];
  /** The experiment looked at as more and more come; every look that is due is kept, as the ledger does. */
  function looked(counts: readonly number[], of: number): { reports: ExperimentReport[]; looks: Look[] } {
    const looks: Look[] = [];
    const reports = counts.map((users, i) => {
      const now = NOW + i * DAY;
      const found = report(arms(users, of), planned, [...looks], now);
      const look = lookOf(planned, found, now);
      if (look) looks.push(look);
      return found;
    });
    return { reports, looks };
  }

  test("looks spend the error at their steps: a step missed is no look, one asked for twice is one", () => {
    const { looks } = looked([1000, 2000, 2000, 3900, 6100, 10_000, 12_000], 0.063);
    expect(looks.flatMap(({ fraction }) => fraction ?? [])).toEqual(
      [0.2, 0.61, 1].map((one) => expect.closeTo(one)),
    );
  });

  test("a difference is told at a look and stays told; before the first step nothing is", () => {
    const { reports } = looked([1000, 2000, 4000, 6000], 0.14);
    expect(reports.map(({ verdict }) => verdict.state)).toEqual(["undecided", "win", "win", "win"]);
    expect(reports[0]!.verdict.headline).toContain("the plan's first look is still to come");
    expect(reports[1]!.goals[0]!.comparisons[0]!.method).toBe("planned");
  });

  test("at its end, an experiment without a difference says that there is none to be told", () => {
    const { reports } = looked([2000, 4000, 6000, 8000, 10_000], 0.061);
    expect(reports.at(-1)!.verdict.headline).toBe("No difference could be told.");
    expect(reports.at(-1)!.progress).toMatchObject({ planned: 10_000, fraction: 1, daysLeft: 0 });
  });
});

describe("what was so before", () => {
  test("is taken out where it explains the noise, and the difference keeps its expectation", () => {
    // Everybody spends what they spent before, and a tenth more with the treatment.
    const people = Array.from({ length: 400 }, (_, i) => 1000 + ((i * 7919) % 4000));
    const sums = (factor: number): Tally["sums"] => {
      const of = (f: (x: number) => number) => people.reduce((sum, x) => sum + f(x), 0);
      return {
        users: 400,
        buyers: 400,
        orders: 400,
        "orders*orders": 400,
        before: of((x) => x),
        "before*before": of((x) => x * x),
        "before*buyers": of((x) => x),
        revenue: of((x) => Math.round(factor * x)),
        "revenue*revenue": of((x) => Math.round(factor * x) ** 2),
        "before*revenue": of((x) => x * Math.round(factor * x)),
        "orders*revenue": of((x) => Math.round(factor * x)),
      };
    };
    const { goals } = report([
      { part: "control", sums: sums(1) },
      { part: "treated", sums: sums(1.1) },
    ]);
    const [revenue] = goals[0]!.comparisons;
    const mean = people.reduce((sum, x) => sum + x, 0) / 400;
    expect(revenue!.explained).toBeGreaterThan(0.99);
    expect(revenue!.difference).toBeCloseTo(0.1 * mean, 0);
    expect(revenue!.finding).toBe("better");
  });
});
