import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { Config, Experiment } from "../../../src/core/config/config.ts";
import { parseConfig } from "../../../src/core/config/read.ts";
import { assign, compileExperiment, type Occasion } from "../../../src/core/experiment/assign.ts";

const NOON = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;

function experimentOf(parts: Partial<v.InferInput<typeof Experiment>> = {}): Experiment {
  return v.parse(Experiment, { id: "bold", variations: [{ id: "control" }, { id: "treated" }], ...parts });
}

const given = (parts: Partial<v.InferInput<typeof Experiment>>, occasion: Partial<Occasion> = {}) =>
  assign(compileExperiment(experimentOf(parts)), {
    unit: "visitor-1",
    attributes: {},
    now: NOON,
    ...occasion,
  });

const people = Array.from({ length: 4_000 }, (_, i) => `visitor-${i}`);
const shareIn = (parts: Partial<v.InferInput<typeof Experiment>>, now: number) => {
  const ready = compileExperiment(experimentOf(parts));
  return people.filter((unit) => assign(ready, { unit, attributes: {}, now })).length / people.length;
};

describe("when it runs", () => {
  test("between its dates, the first included and the last not", () => {
    const dates = { from: NOON - HOUR, until: NOON + HOUR };
    expect(given(dates)).toBeDefined();
    expect(given(dates, { now: NOON - HOUR })).toBeDefined();
    expect(given(dates, { now: NOON - HOUR - 1 })).toBeUndefined();
    expect(given(dates, { now: NOON + HOUR })).toBeUndefined();
  });

  test("a ramp lets more and more in and moves nobody", () => {
    const ramp = [
      { at: NOON - 2 * HOUR, coverage: 0.1 },
      { at: NOON - HOUR, coverage: 0.5 },
      { at: NOON, coverage: 1 },
    ];
    const parts = { coverage: 1, ramp, from: NOON - 3 * HOUR };
    expect(shareIn(parts, NOON - 1.5 * HOUR)).toBeCloseTo(0.1, 1);
    expect(shareIn(parts, NOON - 0.5 * HOUR)).toBeCloseTo(0.5, 1);
    expect(shareIn(parts, NOON)).toBe(1);
    const ready = compileExperiment(experimentOf(parts));
    const at = (unit: string, now: number) => assign(ready, { unit, attributes: {}, now })?.variation;
    for (const unit of people) {
      const early = at(unit, NOON - 1.5 * HOUR);
      if (early !== undefined) expect(at(unit, NOON)).toBe(early);
    }
  });
});

describe("mutual exclusion and prerequisites", () => {
  test("stretches of one namespace that do not overlap never share a visitor, and together hold everybody", () => {
    const one = compileExperiment(experimentOf({ id: "one", namespace: { name: "page", from: 0, to: 0.4 } }));
    const two = compileExperiment(experimentOf({ id: "two", namespace: { name: "page", from: 0.4, to: 1 } }));
    const isIn = people.map((unit) =>
      [one, two].map((ready) => assign(ready, { unit, attributes: {} }) !== undefined),
    );
    expect(isIn.every(([a, b]) => a !== b)).toBe(true);
    expect(isIn.filter(([a]) => a).length / people.length).toBeCloseTo(0.4, 1);
  });

  test("a required variation of an experiment that stands before", () => {
    const requires = [{ experiment: "first", variations: ["b"] }];
    expect(given({ requires })).toBeUndefined();
    expect(given({ requires }, { earlier: new Map([["first", "a"]]) })).toBeUndefined();
    expect(given({ requires }, { earlier: new Map([["first", "b"]]) })).toBeDefined();
  });

  test("one that stands after, itself or nobody is refused: there are no cycles to follow", () => {
    const requires = (experiment: string) => ({ requires: [{ experiment, variations: ["a"] }] });
    const variations = [{ id: "a" }, { id: "b" }];
    const config = (first: object, second: object) =>
      v.safeParse(Config, {
        experiments: [
          { id: "first", variations, ...first },
          { id: "second", variations, ...second },
        ],
      }).success;
    expect(config({}, requires("first"))).toBe(true);
    expect(config(requires("second"), {})).toBe(false);
    expect(config(requires("first"), {})).toBe(false);
    expect(config(requires("nobody"), {})).toBe(false);
  });
});

describe("who has seen a variation", () => {
  test("stays in it, under another id, with another split, and when they match no more", () => {
    for (const before of ["control", "treated"])
      for (const unit of people.slice(0, 50))
        expect(
          given(
            { coverage: 0, when: { never: true }, namespace: { name: "x", from: 0, to: 0.001 } },
            { unit, seen: new Map([["bold", before]]) },
          )?.variation,
        ).toBe(before);
  });

  test("is drawn anew by a raised version, and where the variation is gone", () => {
    expect(given({ version: 2 }, { seen: new Map([["bold", "treated"]]) })?.variation).toBe(
      given({ version: 2 })?.variation,
    );
    expect(given({ coverage: 0 }, { seen: new Map([["bold", "gone"]]) })).toBeUndefined();
    const moved = people.filter(
      (unit) => given({}, { unit })?.variation !== given({ version: 2 }, { unit })?.variation,
    );
    expect(moved.length / people.length).toBeCloseTo(0.5, 1);
  });

  test("not while the experiment is stopped", () => {
    expect(given({ status: "stopped" }, { seen: new Map([["bold", "treated"]]) })).toBeUndefined();
  });
});

describe("a bandit", () => {
  const bandit = { contexts: [{ id: "new", when: { "signals.visits": 1 } }] };
  const allocation = { version: 7, weights: [0.9, 0.1], leaves: { new: [0.2, 0.8] } };
  const shares = (occasion: Partial<Occasion>) => {
    const all = people.map((unit) => given({ bandit }, { unit, ...occasion })!);
    return {
      control: all.filter(({ variation }) => variation === "control").length / people.length,
      drawn: all.map(({ drawn }) => drawn),
    };
  };

  test("draws by its shares of now, and says with which probability and by which version", () => {
    const { control, drawn } = shares({ allocation });
    expect(control).toBeCloseTo(0.9, 1);
    expect(new Set(drawn.map((one) => JSON.stringify(one)))).toEqual(
      new Set([JSON.stringify({ p: 0.9, v: 7 }), JSON.stringify({ p: 0.1, v: 7 })]),
    );
  });

  test("in a context by that context's shares", () => {
    const { control, drawn } = shares({ allocation, attributes: { signals: { visits: 1 } } });
    expect(control).toBeCloseTo(0.2, 1);
    expect(drawn.every((one) => one?.leaf === "new")).toBe(true);
  });

  test("by its weights while nothing is known, and where the shares are of another split", () => {
    for (const odd of [undefined, { version: 3, weights: [1] }]) {
      const { control, drawn } = shares({ allocation: odd });
      expect(control).toBeCloseTo(0.5, 1);
      expect(drawn[0]).toEqual({ p: 0.5, v: 0 });
    }
  });
});

test.each([
  [
    "weights above 1",
    { variations: [{ id: "a", weight: 1.5 }, { id: "b" }] },
    "/experiments/0/variations/0/weight",
  ],
  ["negative coverage", { coverage: -1 }, "/experiments/0/coverage"],
  ["an empty stretch", { namespace: { name: "x", from: 0.5, to: 0.5 } }, "/experiments/0/namespace"],
  ["a goal twice", { goals: [{ metric: "revenue" }, { metric: "revenue" }] }, "/experiments/0/goals"],
  ["guardrails only", { goals: [{ metric: "refunds", guardrail: true }] }, "/experiments/0/goals"],
  ["an unknown metric", { goals: [{ metric: "joy" }] }, "/experiments/0/goals/0/metric"],
  ["an unknown operator", { when: { a: { $like: 1 } } }, "/experiments/0/when"],
  ["a plan of nobody", { plan: { visitors: 0 } }, "/experiments/0/plan/visitors"],
])("%s is refused with its place", (_, parts, pointer) => {
  const parsed = parseConfig(
    { experiments: [{ id: "e", variations: [{ id: "a" }, { id: "b" }], ...parts }] },
    "live",
  );
  expect(parsed).toMatchObject({ ok: false, problem: { code: "config_invalid", pointer } });
});
