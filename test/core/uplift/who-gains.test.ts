import { describe, expect, test } from "vitest";
import { proportionMoments } from "../../../src/core/stats/moments.ts";
import { upliftPerSegment, type SegmentTally } from "../../../src/core/uplift/segment-uplift.ts";
import { whoGains } from "../../../src/core/uplift/who-gains.ts";
import { runSegments } from "../../bench/stats/uplift.ts";

const segment = (name: string, treated: number, control: number, users = 1000): SegmentTally => ({
  segment: name,
  treated: proportionMoments(treated, users),
  control: proportionMoments(control, users),
});

describe("uplift per segment", () => {
  test("fewer than four segments stay as they are", () => {
    const { segments } = upliftPerSegment([segment("a", 150, 100), segment("b", 100, 100)]);
    expect(segments.map(({ uplift }) => uplift.value)).toEqual([expect.closeTo(0.05, 12), 0]);
  });

  test("five equal segments: all are drawn to the average, three fifths of the way at most, and stay uncertain", () => {
    const tallies = [105, 95, 100, 102, 98].map((treated, i) => segment(`${i}`, treated, 100));
    const { segments, overall, sameP } = upliftPerSegment(tallies);
    expect(sameP).toBeGreaterThan(0.9);
    expect(overall!.value).toBeCloseTo(0, 3);
    // No spread beyond chance: half of every deviation is kept, (k - 3) / (k - 1).
    const kept = (segments[0]!.uplift.value - overall!.value) / (0.005 - overall!.value);
    expect(kept).toBeCloseTo(0.5, 6);
    const { alone, uplift } = segments[0]!;
    expect(uplift.high - uplift.low).toBeLessThan(alone.high - alone.low);
    expect(uplift.high - uplift.low).toBeGreaterThan(overall!.high - overall!.low);
  });

  test("segments that differ plainly are left nearly alone", () => {
    const tallies = [300, 100, 200, 120, 260].map((treated, i) => segment(`${i}`, treated, 100, 5000));
    const { segments, sameP } = upliftPerSegment(tallies);
    expect(sameP).toBeLessThan(1e-6);
    for (const { alone, uplift } of segments)
      expect(Math.abs(uplift.value - alone.difference)).toBeLessThan(0.15 * 0.04);
  });

  test("nothing to tell", () => {
    const none = { segments: [], sameP: 1, overall: null };
    expect(upliftPerSegment([])).toEqual(none);
    expect(upliftPerSegment([segment("a", 0, 0)])).toEqual(none);
    expect(upliftPerSegment([segment("a", 1, 0, 1)])).toEqual(none);
  });
});

describe("who gains", () => {
  test("one that gains, one that loses, one too early, one too small", () => {
    const told = whoGains([
      segment("new", 260, 150),
      segment("loyal", 120, 220),
      segment("lapsed", 112, 100),
      segment("tiny", 9, 3, 40),
      segment("silent", 2, 1),
    ]);
    expect(told.segments.map(({ advice }) => advice)).toEqual([
      "treat",
      "spare",
      "unclear",
      "unclear",
      "unclear",
    ]);
    expect(told.hasDifferences).toBe(true);
    expect(told.sentence).toBe(
      "Treat “new”. Spare “loyal”. Go on with the trial in “lapsed”, “tiny”, “silent”.",
    );
    expect(told.segments[2]!.customersNeeded).toBeGreaterThan(2000);
    expect(told.segments[3]!.sentence).toContain("has 40 treated customers, and needs at least 100");
    expect(told.segments[4]!.sentence).toContain("about 3 customers converted");
  });

  test("a cost above the effect turns the advice", () => {
    const tallies = [segment("new", 260, 150)];
    expect(whoGains(tallies).segments[0]!.advice).toBe("treat");
    expect(whoGains(tallies, { cost: 0.11 }).segments[0]!).toMatchObject({
      advice: "unclear",
      customersNeeded: null,
    });
    expect(whoGains(tallies, { cost: 0.3 }).segments[0]!.advice).toBe("spare");
  });

  test.each([
    ["no segments", []],
    ["no customers", [segment("a", 0, 0, 0)]],
    [
      "revenue beyond a double",
      [{ ...segment("a", 100, 100), treated: { n: 1000, sum: Infinity, sumSquares: Infinity } }],
    ],
    [
      "no number",
      [{ ...segment("a", 100, 100), treated: { n: 1000, sum: Number.NaN, sumSquares: Number.NaN } }],
    ],
    ["everybody converted", [segment("a", 1000, 1000)]],
  ])("%s: cannot be told, and no NaN", (_, tallies) => {
    const told = whoGains(tallies);
    expect(told.sentence).toMatch(/^Cannot be told yet/);
    expect(JSON.stringify(told)).not.toMatch(/NaN|Infinity/);
  });

  test("segments without effect are seldom told to have one", () => {
    const { wrongShare, shrunkToRaw } = runSegments({ runs: 100, segments: 8, mean: 0, spread: 0 });
    expect(wrongShare).toBeLessThanOrEqual(0.1);
    expect(shrunkToRaw).toBeLessThan(0.85);
  });
});
