import * as fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { Experiment } from "../../../src/core/config/config.ts";
import type { Tally } from "../../../src/core/experiment/figures.ts";
import { reportExperiment } from "../../../src/core/experiment/report.ts";

const experimentOf = (...ids: string[]): Experiment =>
  v.parse(Experiment, { id: "bold", variations: ids.map((id) => ({ id })) });

const two = experimentOf("control", "treated");

/** `users` of whom `converters` spend one amount and as many spend nothing as are left. */
function tallyOf(variation: string, users: number, converters = 0, minor = 5000): Tally {
  return {
    variation,
    users,
    converters,
    orders: converters,
    revenueSum: converters * minor,
    revenueSumSquares: converters * minor ** 2,
  };
}

describe("figures", () => {
  // gbstats' two_sided_t_absolute unit test, in cents: difference 0.29, interval 0.04538 to 0.53462, p 0.02016.
  const report = reportExperiment(
    two,
    [
      {
        variation: "control",
        users: 3407,
        converters: 30,
        orders: 31,
        revenueSum: 139_687,
        revenueSumSquares: 523_779_767,
      },
      {
        variation: "treated",
        users: 3461,
        converters: 52,
        orders: 60,
        revenueSum: 242_270,
        revenueSumSquares: 1_346_982_900,
      },
    ],
    "EUR",
  );
  const [control, treated] = report.variations;

  test("difference, interval and p are those of the reference", () => {
    expect(treated!.difference!.difference).toBeCloseTo(29, 2);
    expect(treated!.difference!.low).toBeCloseTo(4.538, 2);
    expect(treated!.difference!.high).toBeCloseTo(53.462, 2);
    expect(treated!.difference!.p).toBeCloseTo(0.02016, 5);
    expect(control!.difference).toBeNull();
  });

  test("rates and means are per user", () => {
    expect(treated).toMatchObject({ users: 3461, conversions: 52, orders: 60, share: 0.5, isControl: false });
    expect(treated!.conversionRate).toBeCloseTo(52 / 3461, 15);
    expect(treated!.revenuePerUser).toBeCloseTo(70, 2);
    const { low, high } = treated!.revenuePerUserInterval!;
    expect((low + high) / 2).toBeCloseTo(treated!.revenuePerUser!, 9);
  });

  test("the sentence tells it in money", () => {
    expect(report.verdict).toBe(
      "If this is the one look that was planned: with “treated” a visitor spends 0.29 EUR more than with “control” (95% interval 0.045 EUR to 0.53 EUR, p = 0.02).",
    );
  });

  test("shards of one variation add up; a variation unknown to the experiment is left out", () => {
    const whole = [tallyOf("control", 500, 50), tallyOf("treated", 500, 80)];
    const parts = [
      tallyOf("treated", 300, 60),
      tallyOf("control", 500, 50),
      tallyOf("treated", 200, 20),
      tallyOf("removed", 900, 900),
    ];
    expect(reportExperiment(two, parts)).toEqual(reportExperiment(two, whole));
  });
});

describe("sentences", () => {
  test.each<[name: string, tallies: Tally[], verdict: string]>([
    [
      "nobody yet",
      [],
      "No difference can be told yet: “control” has 0 visitors, and each variation needs at least 100.",
    ],
    [
      "too few users",
      [tallyOf("control", 120, 20), tallyOf("treated", 99, 20)],
      "No difference can be told yet: “treated” has 99 visitors, and each variation needs at least 100.",
    ],
    [
      "too few buyers",
      [tallyOf("control", 1000, 1), tallyOf("treated", 1000, 8)],
      "No difference can be told yet: “control” and “treated” have 9 buyers together, and need at least 10.",
    ],
    [
      "no variance",
      [tallyOf("control", 200, 200), tallyOf("treated", 200, 200)],
      "No difference can be told yet: every visitor spent the same.",
    ],
    [
      "no difference",
      [tallyOf("control", 1000, 50), tallyOf("treated", 1000, 52)],
      "No difference can be told yet: with “treated” a visitor spends between 0.87 USD less and 1.07 USD more than with “control” (95% interval, p = 0.84).",
    ],
    [
      "a loss",
      [tallyOf("control", 1000, 100), tallyOf("treated", 1000, 50)],
      "If this is the one look that was planned: with “treated” a visitor spends 2.50 USD less than with “control” (95% interval -3.65 USD to -1.35 USD, p < 0.001).",
    ],
    [
      "a broken split",
      [tallyOf("control", 1000, 100), tallyOf("treated", 1300, 50)],
      "Do not act on this experiment: visitors did not split as configured (p < 0.001), so something loses visitors of one variation, and the figures cannot be compared.",
    ],
  ])("%s", (_, tallies, verdict) => {
    expect(reportExperiment(two, tallies, "USD").verdict).toBe(verdict);
  });

  test("more variations ask for a smaller p: 0.03 is a difference among two and none among three", () => {
    const arms = [tallyOf("control", 1000, 100), tallyOf("treated", 1000, 131)];
    expect(reportExperiment(two, arms).verdict).toMatch(/^If this is the one look .* p = 0\.03\d?\)\.$/);
    const three = reportExperiment(experimentOf("control", "treated", "other"), [
      ...arms,
      tallyOf("other", 1000, 100),
    ]);
    expect(three.verdict).toMatch(/^No difference can be told yet: .* corrected for 2 comparisons\)\.$/);
  });

  test("a variation of weight zero is not waited for", () => {
    const experiment = v.parse(Experiment, {
      id: "bold",
      variations: [
        { id: "control", weight: 0.5 },
        { id: "treated", weight: 0.5 },
        { id: "off", weight: 0 },
      ],
    });
    const report = reportExperiment(experiment, [tallyOf("control", 1000, 50), tallyOf("treated", 1000, 52)]);
    expect(report.verdict).toMatch(/with “treated”/);
    expect(report.srm.p).toBe(1);
  });
});

test("no figure is ever NaN or infinite, and p is a probability", () => {
  const tallies = fc
    .record({ users: fc.nat(5000), buyers: fc.nat(5000), minor: fc.nat(10_000_000) })
    .map(({ users, buyers, minor }) => tallyOf("", users, Math.min(users, buyers), minor));
  fc.assert(
    fc.property(fc.array(tallies, { maxLength: 3 }), (rows) => {
      const ids = ["control", "treated", "other"];
      const report = reportExperiment(
        experimentOf(...ids),
        rows.map((row, i) => ({ ...row, variation: ids[i]! })),
      );
      // JSON turns NaN and infinities into null, so a report that holds one does not survive the trip.
      expect(JSON.parse(JSON.stringify(report))).toEqual(report);
      for (const { difference } of report.variations) {
        if (difference === null) continue;
        expect(difference.p).toBeGreaterThanOrEqual(0);
        expect(difference.p).toBeLessThanOrEqual(1);
        expect(difference.low).toBeLessThanOrEqual(difference.high);
      }
      expect(report.verdict).not.toMatch(/NaN|Infinity|undefined|null/);
    }),
    { numRuns: 500 },
  );
});
