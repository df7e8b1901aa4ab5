import { describe, expect, test } from "vitest";
import { decide } from "../../../src/core/decide/decide.ts";
import { sceneOf, person, worldOf, DAY, NOW } from "./scenes.ts";

const decided = (config: object, unit = "visitor-1", profile = person()) =>
  decide(sceneOf(worldOf({ config: { holdout: { share: 0 }, ...config } }), { current: "kettle", profile }), {
    slots: [{ id: "similar", strategies: ["up_sell"] }],
    pageType: "product",
    unit,
  })[0]!;
const people = Array.from({ length: 200 }, (_, i) => `visitor-${i}`);
const HIDE = { do: "hide", items: ["kettle-plus"] };

describe("a slot's own holdout", () => {
  test("withholds the slot from its share, and both sides claim it", () => {
    const all = people.map((unit) => decided({ slots: { similar: { holdout: 0.3 } } }, unit));
    const held = all.filter(({ answer }) => answer.status === "holdout");
    expect(held.length / people.length).toBeCloseTo(0.3, 1);
    for (const { answer, assignments } of all) {
      const isHeld = answer.status === "holdout";
      expect(assignments).toEqual([["slot:similar", isHeld ? "held_out" : "personalized", 30 * DAY]]);
      expect(answer.items.length > 0).toBe(!isHeld);
    }
  });
});

describe("a rule's own holdout", () => {
  const rules = [{ id: "no-plus", holdout: 0.5, then: [HIDE] }];
  test("the rule does not apply to its share, and both sides claim it where it would apply", () => {
    const all = people.map((unit) => decided({ rules }, unit));
    const arms = new Set(all.map(({ assignments }) => assignments[0]![1]));
    expect(arms).toEqual(new Set(["held_out", "personalized"]));
    for (const { answer, assignments } of all)
      expect(answer.items.some(({ id }) => id === "kettle-plus")).toBe(assignments[0]![1] === "held_out");
  });

  test("where it would not apply nobody is in it", () => {
    const elsewhere = [{ ...rules[0]!, when: { "page.type": "cart" } }];
    expect(people.flatMap((unit) => decided({ rules: elsewhere }, unit).assignments)).toEqual([]);
  });
});

describe("what a variation may be", () => {
  test("off: the slot is the shop's, and counts like any arm", () => {
    const experiments = [{ id: "e", variations: [{ id: "a" }, { id: "b", off: true }] }];
    const all = people.map((unit) => decided({ experiments }, unit));
    for (const { answer, assignments } of all) {
      expect(assignments).toHaveLength(1);
      const isOff = assignments[0]![1] === "b";
      expect(answer.status).toBe(isOff ? "suppressed" : "personalized");
      expect(answer.items.length === 0).toBe(isOff);
    }
  });

  test("a value: the page gets it as it is", () => {
    const value = { wording: "Take it along", columns: [1, 2] };
    const experiments = [
      {
        id: "e",
        variations: [
          { id: "a", weight: 0 },
          { id: "b", weight: 1, value },
        ],
      },
    ];
    expect(decided({ experiments }).answer.assignments).toEqual([{ experiment: "e", variation: "b", value }]);
  });
});

describe("who takes part", () => {
  const experiments = [{ id: "e", cap: 5000, variations: [{ id: "a" }, { id: "b" }] }];
  test("only who agreed to be measured: without analytics nobody is in an experiment or held out of anything", () => {
    const shy = person();
    const { analytics: _analytics, ...rest } = shy.consent;
    shy.consent = rest;
    const config = { experiments, holdout: { share: 1 }, slots: { similar: { holdout: 1 } } };
    const { answer, assignments } = decided(config, "visitor-1", shy);
    expect([answer.status, assignments]).toEqual(["personalized", []]);
  });

  test("who saw a variation as a visitor keeps it as a customer, and so on which side of a holdout they were", () => {
    for (const variation of ["a", "b"]) {
      const known = person((profile) => {
        profile.exposures.set("e", { variation, at: NOW - DAY, windowMs: DAY });
        profile.exposures.set("holdout", { variation: "personalized", at: NOW - DAY, windowMs: DAY });
      });
      const { assignments } = decided({ experiments, holdout: { share: 1 } }, "customer-9", known);
      expect(assignments.map(([key, arm]) => [key, arm])).toEqual([
        ["holdout", "personalized"],
        ["e", variation],
      ]);
    }
  });

  test("what the analysis needs travels with the claim", () => {
    expect(decided({ experiments }).assignments[0]![3]).toEqual({ cap: 5000 });
  });
});
