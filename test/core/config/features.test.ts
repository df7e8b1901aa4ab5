import { describe, expect, test } from "vitest";
import type { ConfigDocument } from "../../../src/core/config/config.ts";
import { FEATURE_LIMITS } from "../../../src/core/config/feature-limits.ts";
import { lintFeatures } from "../../../src/core/config/lint-features.ts";
import { checkPrerequisites } from "../../../src/core/config/prerequisites.ts";
import { parseConfig, readConfig } from "../../../src/core/config/read.ts";

const parent = (id: string) => ({ id, condition: { value: true } });
const dependsOn = (...ids: string[]) => ({
  defaultValue: false,
  rules: [{ force: true, parentConditions: ids.map(parent) }],
});

/** What a document is refused with, or "fine". */
function verdict(features: unknown): string {
  const parsed = parseConfig({ features }, "live");
  return parsed.ok ? "fine" : `${parsed.problem.code} ${parsed.problem.pointer}: ${parsed.problem.detail}`;
}
const rule = (one: object) => verdict({ f: { defaultValue: 1, rules: [one] } });

describe("flags in the config", () => {
  test("a payload as GrowthBook serves it is taken as it is", () => {
    const features = {
      "checkout.v2": {
        defaultValue: false,
        rules: [
          { id: "fr_1", condition: { country: { $in: ["AT", "DE"] } }, force: true },
          {
            id: "fr_2",
            key: "checkout",
            seed: "checkout",
            hashAttribute: "id",
            fallbackAttribute: "deviceId",
            hashVersion: 2,
            bucketVersion: 1,
            condition: { "consent.personalization": true },
            variations: [false, true],
            weights: [0.334, 0.666],
            coverage: 1,
            meta: [{ key: "0", name: "Control" }, { key: "1" }],
            filters: [{ seed: "ns", attribute: "id", hashVersion: 2, ranges: [[0, 0.5]] }],
            name: "Checkout",
            phase: "0",
          },
          { force: true, coverage: 0.25, hashAttribute: "id" },
          {
            variations: ["a", "b", "c"],
            namespace: ["menu", 0, 0.4],
            ranges: [
              [0, 0.1],
              [0.1, 0.2],
              [0.2, 1],
            ],
          },
        ],
      },
      limits: dependsOn("checkout.v2"),
    };
    const parsed = parseConfig({ features }, "live");
    expect(parsed.ok && parsed.value.features).toEqual(features);
  });

  test.each([
    [{ force: true, coverage: -0.1 }, "/features/f/rules/0/coverage"],
    [{ force: true, coverage: 1.5 }, "/features/f/rules/0/coverage"],
    [{ variations: [1, 2], weights: [0.5, 0.6] }, "/features/f/rules/0/weights"],
    [{ variations: [1, 2], weights: [1] }, "/features/f/rules/0/weights"],
    [{ variations: [1, 2], weights: [-0.5, 1.5] }, "/features/f/rules/0/weights/0"],
    [{ force: 1, weights: [1] }, "/features/f/rules/0/weights"],
    [{ variations: [1, 2], ranges: [[0, 1]] }, "/features/f/rules/0/ranges"],
    [
      {
        variations: [1, 2],
        ranges: [
          [0, 0.5],
          [0.9, 0.5],
        ],
      },
      "/features/f/rules/0/ranges/1",
    ],
    [{ variations: [1, 2], meta: [{ key: "a" }] }, "/features/f/rules/0/meta"],
    [{ variations: [1] }, "/features/f/rules/0/variations"],
    [{ force: 1, variations: [1, 2] }, "/features/f/rules/0"],
    [{ condition: { a: 1 } }, "/features/f/rules/0"],
    [{ force: 1, condition: { a: { $where: "1" } } }, "/features/f/rules/0/condition"],
    [
      { force: 1, parentConditions: [{ id: "g", condition: { value: { $nope: 1 } } }] },
      "/features/f/rules/0/parentConditions/0/condition",
    ],
    [{ force: 1, hashVersion: 3 }, "/features/f/rules/0/hashVersion"],
    [{ force: "x".repeat(FEATURE_LIMITS.payloadCharactersMax) }, "/features/f/rules/0/force"],
    [{ force: 1, unheardOf: 1 }, "/features/f/rules/0/unheardOf"],
  ])("%j is refused at %s", (one, pointer) => {
    expect(rule(one)).toMatch(new RegExp(`^config_invalid ${pointer.replaceAll(/[/]/g, "\\/")}: `));
  });

  test("the caps: flags, rules, the length of a key", () => {
    const many = (n: number) =>
      Object.fromEntries(Array.from({ length: n }, (_, i) => [`f${i}`, { defaultValue: i }]));
    expect(verdict(many(FEATURE_LIMITS.featuresMax))).toBe("fine");
    expect(verdict(many(FEATURE_LIMITS.featuresMax + 1))).toContain("config_invalid /features");
    const rules = Array.from({ length: FEATURE_LIMITS.rulesMax + 1 }, () => ({
      force: 1,
      condition: { a: 1 },
    }));
    expect(verdict({ f: { rules } })).toContain("config_invalid /features/f/rules");
    expect(verdict({ ["k".repeat(65)]: {} })).toContain("config_invalid");
    expect(verdict({ "<b>": {} })).toContain("config_invalid");
  });
});

describe("prerequisites", () => {
  test("in a circle are refused, with the place that closes it", () => {
    expect(verdict({ a: dependsOn("b"), b: dependsOn("c"), c: dependsOn("x", "a") })).toContain(
      "config_invalid /features/c/rules/0/parentConditions/1/id: ",
    );
    expect(verdict({ a: dependsOn("a") })).toContain("/features/a/rules/0/parentConditions/0/id: ");
    expect(verdict({ a: dependsOn("b", "c"), b: dependsOn("c"), c: { defaultValue: true } })).toBe("fine");
  });
  test("that multiply are refused: nine flags that each ask the next one twice are a thousand questions", () => {
    const chain = (n: number) =>
      Object.fromEntries([
        ...Array.from({ length: n }, (_, i) => [`f${i}`, dependsOn(`f${i + 1}`, `f${i + 1}`)] as const),
        [`f${n}`, { defaultValue: true }] as const,
      ]);
    expect(checkPrerequisites(chain(7))).toBeUndefined();
    expect(checkPrerequisites(chain(9))).toMatchObject({ key: "f1" });
    expect(verdict(chain(30))).toContain("config_invalid");
  });
});

describe("lint of flags", () => {
  const lint = (document: ConfigDocument) => {
    const found: string[] = [];
    lintFeatures(readConfig(document), (code, pointer) => found.push(`${code} ${pointer}`));
    return found;
  };
  test("rules that nobody reaches, and those that split before", () => {
    const split = { variations: [1, 2] };
    expect(
      lint({ features: { f: { defaultValue: 0, rules: [split, { force: 1 }, split, { force: 2 }] } } }),
    ).toEqual(["rule_unreachable /features/f/rules/2", "rule_unreachable /features/f/rules/3"]);
    expect(
      lint({
        features: {
          f: {
            defaultValue: 0,
            rules: [{ force: 1, coverage: 0.5 }, { force: 1, condition: { a: 1 } }, split],
          },
        },
      }),
    ).toEqual([]);
    expect(lint({ features: { f: { defaultValue: 0, disabled: true, rules: [split] } } })).toEqual([
      "rule_unreachable /features/f/rules",
    ]);
  });
  test("rules for nobody, flags that are not there or have no default", () => {
    expect(
      lint({ features: { f: { rules: [{ force: 1, coverage: 0, parentConditions: [parent("g")] }] } } }),
    ).toEqual([
      "flag_without_default /features/f",
      "rule_never_applies /features/f/rules/0/coverage",
      "flag_unknown /features/f/rules/0/parentConditions/0/id",
    ]);
  });
  test("experiments whose flag, or whose values, nobody gets", () => {
    const variations = [{ id: "a" }, { id: "b", value: 1 }];
    expect(
      lint({
        features: { f: { defaultValue: 0, rules: [{ force: 1 }] } },
        experiments: [
          { id: "x", flag: "f", variations },
          { id: "y", variations },
        ],
      }),
    ).toEqual(["rule_unreachable /experiments/0/flag", "value_unused /experiments/1/variations/1/value"]);
  });
});
