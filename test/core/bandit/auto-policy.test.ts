import { describe, expect, test } from "vitest";
import { proposeStep, type AutoPolicy, type Standing } from "../../../src/core/bandit/auto-policy.ts";
import { proportionMoments } from "../../../src/core/stats/moments.ts";

const policy: AutoPolicy = { stop: "propose", promote: "auto", daysMin: 7, visitorsMin: 500 };
const standing = (...rates: [number, number][]): Standing => ({
  kind: "proportion",
  goal: "conversion",
  names: ["control", "b", "c"],
  arms: rates.map(([successes, n]) => proportionMoments(successes, n)),
  days: 12,
});

describe("what may happen next", () => {
  test("a clear winner is promoted", () => {
    expect(proposeStep(standing([500, 10_000], [600, 10_000]), policy)).toEqual({
      action: "promote",
      arm: 1,
      permission: "auto",
      reason:
        "“b” is the best for conversion with a probability of more than 99.9 % after 20,000 visitors and 12 days; choosing it gives away less than 0.1 % of the goal on average.",
    });
  });

  test("a clear loser is stopped while the winner is open; the control never is", () => {
    const open = standing([400, 8000], [405, 8000], [250, 8000]);
    expect(proposeStep(open, policy)).toMatchObject({ action: "stop_arm", arm: 2, permission: "propose" });
    expect(proposeStep(open, policy).reason).toContain("it does 38.2 % less than “b”");
    expect(proposeStep(standing([250, 8000], [400, 8000], [405, 8000]), policy).action).toBe("none");
    expect(proposeStep({ ...open, off: new Set([2]) }, policy).action).toBe("none");
  });

  test("what a marketer forbids does not happen", () => {
    const forbid = { ...policy, stop: "never", promote: "never" } as const;
    expect(proposeStep(standing([500, 10_000], [700, 10_000]), forbid).action).toBe("none");
  });

  test("not before its time, nor before its visitors", () => {
    const clear = standing([500, 10_000], [700, 10_000]);
    expect(proposeStep({ ...clear, days: 6.9 }, policy).reason).toBe("It has run for 6 of at least 7 days.");
    expect(proposeStep(standing([5, 100], [500, 10_000]), policy).reason).toBe(
      "A variation has had 100 visitors, of at least 500 each.",
    );
    expect(proposeStep(standing([5, 100]), policy).reason).toBe("There is only one variation left.");
  });

  test("a goal that nobody reaches decides nothing", () => {
    expect(proposeStep(standing([0, 9000], [0, 9000]), policy).action).toBe("none");
  });
});
