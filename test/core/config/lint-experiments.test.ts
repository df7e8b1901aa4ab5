import { describe, expect, test } from "vitest";
import { lintChange, lintExperiments } from "../../../src/core/config/lint-experiments.ts";
import { readConfig } from "../../../src/core/config/read.ts";

const VARIATIONS = [{ id: "a" }, { id: "b" }];
const config = (experiment: object) =>
  readConfig({ experiments: [{ id: "e", variations: VARIATIONS, ...experiment }] });

test.each([
  [
    "weights_not_one",
    {
      variations: [
        { id: "a", weight: 0.5 },
        { id: "b", weight: 0.1 },
      ],
    },
  ],
  ["winner_unknown", { status: "stopped", winner: "c" }],
  ["winner_waits", { winner: "a" }],
  ["plan_unused", { bandit: {}, plan: { visitors: 1000 } }],
  ["experiment_unreachable", { from: "2026-02-01T00:00:00Z", until: "2026-01-01T00:00:00Z" }],
  [
    "ramp_falls",
    {
      ramp: [
        { at: "2026-01-01T00:00:00Z", coverage: 1 },
        { at: "2026-02-01T00:00:00Z", coverage: 0.5 },
      ],
    },
  ],
])("%s is pointed out", (code, experiment) => {
  expect(lintExperiments(config(experiment)).map((one) => one.code)).toEqual([code]);
});

test("a good one is left in peace", () => {
  expect(lintExperiments(config({ plan: { visitors: 1000 }, winner: undefined }))).toEqual([]);
});

describe("shares that change while an experiment runs", () => {
  const change = (before: object, after: object) =>
    lintChange(config(before), config(after)).map(({ code }) => code);
  const other = { variations: [{ id: "a", weight: 0.9 }, { id: "b" }] };
  test("are pointed out, with another seed, split or order", () => {
    expect(change({}, other)).toEqual(["split_changed"]);
    expect(change({}, { seed: "x" })).toEqual(["split_changed"]);
    expect(change({}, { variations: VARIATIONS.toReversed() })).toEqual(["split_changed"]);
  });
  test("are fine with a raised version, before it runs, after it ended, and for a bandit; more coverage always is", () => {
    expect(change({}, { ...other, version: 2 })).toEqual([]);
    expect(change({ status: "draft" }, other)).toEqual([]);
    expect(change({}, { ...other, status: "stopped" })).toEqual([]);
    expect(change({ bandit: {} }, { ...other, bandit: {} })).toEqual([]);
    expect(change({ coverage: 0.1 }, { coverage: 0.9 })).toEqual([]);
  });
});
