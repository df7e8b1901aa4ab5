import * as fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { Experiment } from "../../../src/core/config/config.ts";
import {
  assign as assignIn,
  compileExperiment,
  type Assignment,
  type CompiledExperiment,
  type Occasion,
} from "../../../src/core/experiment/assign.ts";
import { inHoldout } from "../../../src/core/experiment/holdout.ts";
import { splitOf } from "../../../src/core/experiment/split.ts";

/** An experiment as the border parses it, from the parts a test is about. */
function experimentOf(parts: Partial<v.InferInput<typeof Experiment>> = {}): Experiment {
  return v.parse(Experiment, { id: "bold", variations: [{ id: "control" }, { id: "treated" }], ...parts });
}

/** An assignment as most tests ask for it. */
const assign = (
  experiment: Experiment | CompiledExperiment,
  unit: string,
  attributes: Occasion["attributes"],
  slotId?: string,
): Assignment | undefined =>
  assignIn("stages" in experiment ? experiment : compileExperiment(experiment), { unit, attributes, slotId });

const variationsOf = (weights: readonly number[]) => weights.map((weight, i) => ({ id: `v${i}`, weight }));

/** Weights of 2 to 5 variations that add up to 1; some may be zero. */
const splits = fc
  .array(fc.nat(100), { minLength: 2, maxLength: 5 })
  .filter((parts) => parts.some((part) => part > 0))
  .map((parts) => parts.map((part) => part / parts.reduce((sum, one) => sum + one, 0)));

const units = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 });
const seeds = fc.string({ maxLength: 20 });

describe("who takes part", () => {
  // v2 bucket of "visitor-1" under the seed "bold", by the independent Python FNV-1a of bucket.test.ts: 0.0604.
  test("a unit gets the variation whose range holds its bucket", () => {
    expect(assign(experimentOf(), "visitor-1", {})).toEqual({
      experiment: "bold",
      variation: "control",
      index: 0,
    });
  });

  test.each(["draft", "stopped"] as const)("nobody while it is %s", (status) => {
    expect(assign(experimentOf({ status }), "visitor-1", {})).toBeUndefined();
  });

  test("only the named slots; a call without a slot means any", () => {
    const experiment = experimentOf({ slots: ["cart"] });
    expect(assign(experiment, "visitor-1", {}, "cart")).toBeDefined();
    expect(assign(experiment, "visitor-1", {})).toBeDefined();
    expect(assign(experiment, "visitor-1", {}, "home")).toBeUndefined();
  });

  test("only those for whom the condition holds", () => {
    const ready = compileExperiment(experimentOf({ when: { "cart.total": { $gt: 50 } } }));
    expect(assign(ready, "visitor-1", { cart: { total: 51 } })).toBeDefined();
    expect(assign(ready, "visitor-1", { cart: { total: 50 } })).toBeUndefined();
  });

  test("nobody without an id, and nobody at coverage 0", () => {
    expect(assign(experimentOf(), "", {})).toBeUndefined();
    fc.assert(fc.property(units, (unit) => assign(experimentOf({ coverage: 0 }), unit, {}) === undefined));
  });
});

describe("the split", () => {
  test.each([
    ["no weights are equal", [undefined, undefined], [0.5, 0.5]],
    ["a missing weight takes what is left", [0.75, undefined], [0.75, 0.25]],
    ["several missing weights divide what is left", [0.5, undefined, undefined], [0.5, 0.25, 0.25]],
    ["weights that do not add up are equal", [0.5, 0.25], [0.5, 0.5]],
    ["weights beyond 1 are equal", [1, 0.5, undefined], [1 / 3, 1 / 3, 1 / 3]],
    ["a zero weight stays", [1, 0], [1, 0]],
  ])("%s", (_, weights, expected) => {
    const variations = weights.map((weight, i) => ({
      id: `v${i}`,
      ...(weight === undefined ? {} : { weight }),
    }));
    expect(splitOf(experimentOf({ variations }))).toEqual(expected);
  });

  test("shares of 20,000 units match split and coverage within 4 sigma", () => {
    fc.assert(
      fc.property(splits, fc.integer({ min: 1, max: 10 }), seeds, (weights, tenths, seed) => {
        const coverage = tenths / 10;
        const ready = compileExperiment(experimentOf({ variations: variationsOf(weights), coverage, seed }));
        const counts = weights.map(() => 0);
        const n = 20_000;
        for (let i = 0; i < n; i++) {
          const assignment = assign(ready, `visitor-${i}`, {});
          if (assignment) counts[assignment.index]! += 1;
        }
        counts.forEach((count, i) => {
          const share = weights[i]! * coverage;
          // Buckets are 0.0001 wide, so a range may be that much wider or narrower than its weight.
          const allowed = 4 * Math.sqrt(n * share * (1 - share)) + n * 0.0001;
          expect(Math.abs(count - n * share)).toBeLessThanOrEqual(allowed);
        });
      }),
      // A fixed seed: 4 sigma of a hash over chosen ids is a fact to be checked, not a dice to be thrown at each build.
      { numRuns: 20, seed: 20_260_801 },
    );
  });
});

describe("laws", () => {
  test("the same unit gets the same answer, compiled or not", () => {
    fc.assert(
      fc.property(units, splits, seeds, (unit, weights, seed) => {
        const experiment = experimentOf({ variations: variationsOf(weights), seed });
        const ready = compileExperiment(experiment);
        expect(assign(ready, unit, {})).toEqual(assign(ready, unit, {}));
        expect(assign(experiment, unit, {})).toEqual(assign(ready, unit, {}));
      }),
    );
  });

  test("raising the coverage moves nobody from one variation to another", () => {
    const shares = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(units, splits, shares, shares, (unit, weights, one, other) => {
        const at = (coverage: number) =>
          assign(experimentOf({ variations: variationsOf(weights), coverage }), unit, {})?.index;
        const before = at(Math.min(one, other));
        if (before !== undefined) expect(at(Math.max(one, other))).toBe(before);
      }),
      { numRuns: 1000 },
    );
  });

  test("raising the holdout's share releases nobody", () => {
    const shares = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(units, seeds, shares, shares, (unit, seed, one, other) => {
        if (inHoldout(unit, { share: Math.min(one, other), seed }))
          expect(inHoldout(unit, { share: Math.max(one, other), seed })).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test("a holdout of everybody holds everybody but the nameless, of nobody nobody", () => {
    fc.assert(
      fc.property(units, seeds, (unit, seed) => {
        expect(inHoldout(unit, { share: 1, seed })).toBe(true);
        expect(inHoldout(unit, { share: 0, seed })).toBe(false);
      }),
    );
    expect(inHoldout("", { share: 1, seed: "holdout" })).toBe(false);
  });

  test("the holdout is independent of an experiment that bears its seed as id", () => {
    const experiment = compileExperiment(experimentOf({ id: "holdout" }));
    const counts = [0, 0];
    for (let i = 0; i < 20_000; i++) {
      if (inHoldout(`visitor-${i}`, { share: 0.5, seed: "holdout" }))
        counts[assign(experiment, `visitor-${i}`, {})!.index]! += 1;
    }
    const [control, treated] = counts as [number, number];
    expect(Math.abs(control - treated)).toBeLessThan(4 * Math.sqrt(control + treated));
  });
});
