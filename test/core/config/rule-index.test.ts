import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileConfig } from "../../../src/core/config/compile.ts";
import { textNeeds } from "../../../src/core/config/condition-texts.ts";
import { readConfig } from "../../../src/core/config/read.ts";
import { rulesThatMay } from "../../../src/core/config/rule-index.ts";
import type { Attributes } from "../../../src/core/segment/evaluate.ts";

type Given = { readonly when?: object | undefined; readonly slots?: string[] | undefined };
const compiled = (rules: readonly Given[]) =>
  compileConfig(
    readConfig({
      rules: rules.map(({ when, slots }, i) => ({
        id: `rule-${i}`,
        ...(when ? { when: when as Record<string, unknown> } : {}),
        ...(slots ? { slots } : {}),
        then: [{ do: "limit" as const, max: 3 }],
      })),
    }),
    1,
  ).rules;
const idsThatMay = (rules: readonly Given[], slot: string | undefined, attributes: Attributes) =>
  rulesThatMay(compiled(rules), slot, attributes).map(({ id }) => id);

describe("texts a condition cannot be true without", () => {
  test.each([
    [{ market: "at" }, [{ path: "market", anyOf: ["at"] }]],
    [{ market: { $eq: "at" } }, [{ path: "market", anyOf: ["at"] }]],
    [{ market: { $in: ["at", "de"], $exists: true } }, [{ path: "market", anyOf: ["at", "de"] }]],
    [{ $and: [{ market: "at" }, { "cart.total": { $gt: 5 } }] }, [{ path: "market", anyOf: ["at"] }]],
    [{ $or: [{ market: "at" }, { device: "phone" }] }, []],
    [{ $not: { market: "at" } }, []],
    [{ market: { $ne: "at" } }, []],
    [{ market: { $in: ["at", 5] } }, []],
    [{ market: { $eq: 5 } }, []],
    [{ "traits.age": 5 }, []],
    [undefined, []],
  ])("%j", (condition, needs) => expect(textNeeds(condition)).toEqual(needs));
});

describe("rules that may hold", () => {
  test("are found by the rarest text, in the order of the config", () => {
    const rules = [
      { when: { "page.type": "product", "page.category": "hats" } },
      {},
      { when: { "page.type": "product", "page.category": "shoes" } },
      { when: { "page.type": "product", "page.category": "hats" } },
    ];
    const page = { type: "product", category: "hats" };
    expect(idsThatMay(rules, "any", { page })).toEqual(["rule-0", "rule-1", "rule-3"]);
  });

  test("of a slot come with those of every slot; nobody's slot has only these", () => {
    const rules = [{ slots: ["a"] }, {}, { slots: ["b"] }, { slots: ["a", "b"] }];
    expect(idsThatMay(rules, "a", {})).toEqual(["rule-0", "rule-1", "rule-3"]);
    expect(idsThatMay(rules, undefined, {})).toEqual(["rule-1"]);
  });

  test("an object as a value, with a toString of its own, is no text and no fault", () => {
    const rules = [{ when: { "traits.plan": "gold" } }, {}];
    const attributes = { traits: { plan: { toString: "boom" } } };
    expect(idsThatMay(rules, "any", attributes)).toEqual(["rule-1"]);
  });

  test("never miss one that holds, whatever the rules and whoever asks", () => {
    const text = fc.constantFrom("a", "b", "null", "5", "true");
    const value = fc.oneof(text, fc.constantFrom(5, true, null), fc.array(text, { maxLength: 3 }));
    const question = fc.oneof(
      value,
      fc.record({ $in: fc.array(fc.oneof(text, fc.constant(5)), { maxLength: 3 }) }),
      fc.record({ $eq: value }),
      fc.record({ $ne: text }),
      fc.record({ $not: fc.record({ $eq: text }) }),
    );
    const line = fc.dictionary(fc.constantFrom("x", "y", "z.w"), question, { maxKeys: 3 });
    const condition = fc.oneof(
      line,
      fc.record({ $and: fc.array(line, { minLength: 1, maxLength: 2 }) }),
      fc.record({ $or: fc.array(line, { minLength: 1, maxLength: 2 }) }),
      fc.record({ $not: line }),
    );
    const slots = fc.option(fc.subarray(["s", "t"], { minLength: 1 }), { nil: undefined });
    const rule = fc.record({ when: fc.option(condition, { nil: undefined }), slots });
    const attributes = fc.record({ x: value, y: value, z: fc.record({ w: value }) }, { requiredKeys: [] });
    let held = 0;
    fc.assert(
      fc.property(
        fc.array(rule, { maxLength: 12 }),
        fc.constantFrom("s", "t", undefined),
        attributes,
        (rules, slot, asked) => {
          const all = compiled(rules);
          const holds = ({ matches }: (typeof all)[number]) => matches === undefined || matches(asked);
          const byScan = all.filter(
            (one) => (one.slots === undefined || (slot !== undefined && one.slots.has(slot))) && holds(one),
          );
          held += byScan.length;
          expect(rulesThatMay(all, slot, asked).filter(holds)).toEqual(byScan);
        },
      ),
      { numRuns: 400 },
    );
    expect(held).toBeGreaterThan(100);
  });
});
