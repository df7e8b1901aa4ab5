import { describe, expect, test } from "vitest";
import type { ConfigDocument } from "../../../src/core/config/config.ts";
import { readConfig } from "../../../src/core/config/read.ts";
import { assign, compileExperiment } from "../../../src/core/experiment/assign.ts";
import { inHoldout } from "../../../src/core/experiment/holdout.ts";
import { evaluateFeature } from "../../../src/core/feature/evaluate.ts";
import { changesOf, flagsOf } from "../../../src/core/feature/from-config.ts";
import { flagKeys, resolveFlag, type Asking } from "../../../src/core/feature/resolve-flag.ts";

const EXPERIMENT = {
  id: "wording",
  flag: "button",
  question: "Which word sells?",
  when: { country: "AT" },
  coverage: 0.8,
  seed: "spring",
  variations: [
    { id: "buy", value: "Buy", weight: 0.5 },
    { id: "add", value: "Add to cart" },
    { id: "take", value: { label: "Take it", size: 2 }, weight: 0.2 },
  ],
} satisfies NonNullable<ConfigDocument["experiments"]>[number];
const config = (document: ConfigDocument) => readConfig(document);
const asking = (more: Partial<Asking> = {}): Asking => ({
  unit: "visitor-1",
  attributes: { country: "AT", consent: CONSENT },
  now: NOW,
  ...more,
});
const NOW = Date.UTC(2026, 10, 22);
const DAY = 86_400_000;
const CONSENT = { personalization: true, analytics: true };

describe("an experiment that names a flag", () => {
  test.each([0, 0.05, 0.5])("puts 10,000 units where assign does, with a holdout of %f", (share) => {
    const own = config({ experiments: [EXPERIMENT], holdout: { share } });
    const features = flagsOf(own);
    const experiment = own.experiments[0]!;
    const compiled = compileExperiment(experiment);
    const seen = new Map<string, number>();
    for (let i = 0; i < 10_000; i++) {
      const unit = i % 5 === 0 ? `visitör-${i}-🫖` : `visitor-${i}`;
      const country = i % 7 === 0 ? "DE" : "AT";
      const wanted = inHoldout(unit, own.holdout)
        ? undefined
        : assign(compiled, { unit, attributes: { country } });
      const result = evaluateFeature("button", {
        attributes: { id: unit, country, consent: CONSENT },
        features,
      });
      const place = wanted?.variation ?? "none";
      if ((result.experimentResult?.key ?? "none") !== place) throw new Error(`${unit}: ${place}`);
      expect(result.value).toEqual(wanted ? experiment.variations[wanted.index]!.value : "Buy");
      seen.set(place, (seen.get(place) ?? 0) + 1);
    }
    expect([...seen.keys()].sort()).toEqual(["add", "buy", "none", "take"]);
  });

  test("of a namespace, a ramp and another experiment's variation, too: 2,000 units at five moments", () => {
    const own = config({
      holdout: { share: 0 },
      experiments: [
        {
          id: "first",
          when: { country: "AT" },
          coverage: 0.9,
          namespace: { name: "menu", from: 0.1, to: 0.95 },
          variations: [{ id: "a" }, { id: "b" }, { id: "c" }],
        },
        {
          id: "second",
          flag: "f",
          version: 3,
          from: NOW,
          until: NOW + 3 * DAY,
          coverage: 0.1,
          ramp: [
            { at: NOW + 2 * DAY, coverage: 1 },
            { at: NOW + DAY, coverage: 0.5 },
          ],
          requires: [{ experiment: "first", variations: ["a", "c"] }],
          variations: [
            { id: "x", value: 1 },
            { id: "y", value: 2 },
          ],
        },
      ],
    });
    const [first, second] = own.experiments.map(compileExperiment);
    expect(changesOf(own)).toEqual([NOW, NOW + DAY, NOW + 2 * DAY, NOW + 3 * DAY]);
    const taking: number[] = [];
    for (const now of [NOW - 1, NOW, NOW + DAY, NOW + 2 * DAY, NOW + 3 * DAY]) {
      let count = 0;
      for (let i = 0; i < 2_000; i++) {
        const unit = `visitor-${i}`;
        const attributes = { country: i % 7 === 0 ? "DE" : "AT", consent: CONSENT };
        const before = assign(first!, { unit, attributes, now });
        const earlier = new Map(before ? [["first", before.variation]] : []);
        const wanted = assign(second!, { unit, attributes, now, earlier });
        const told = resolveFlag(own, "f", { unit, attributes, now });
        const metadata = wanted ? { experiment: "second~3" } : undefined;
        if (!("reason" in told) || told.variant !== wanted?.variation) throw new Error(`${unit} at ${now}`);
        expect(told.metadata).toEqual(metadata);
        if (wanted) count++;
      }
      taking.push(count);
    }
    expect(taking[0]).toBe(0);
    expect(taking[4]).toBe(0);
    expect(taking[1]).toBeGreaterThan(20);
    expect(taking[2]).toBeGreaterThan(2 * taking[1]!);
    expect(taking[3]).toBeGreaterThan(taking[2]!);
  });

  test("splits nobody who did not say yes, whichever SDK evaluates", () => {
    const features = flagsOf(config({ experiments: [EXPERIMENT], holdout: { share: 0 } }));
    for (const consent of [
      undefined,
      {},
      { personalization: false },
      { personalization: "true" },
      { analytics: true },
    ])
      for (let i = 0; i < 200; i++)
        expect(
          evaluateFeature("button", { attributes: { id: `v${i}`, country: "AT", consent }, features }).source,
        ).toBe("defaultValue");
  });

  test("answers with its default while it does not run, and after the flag's own rules", () => {
    const stopped = { ...EXPERIMENT, status: "stopped" as const };
    expect(flagsOf(config({ experiments: [stopped] }))).toEqual({ button: { defaultValue: "Buy" } });
    const both = flagsOf(
      config({
        features: { button: { defaultValue: "Go", rules: [{ condition: { staff: true }, force: "Staff" }] } },
        experiments: [EXPERIMENT],
      }),
    );
    expect(both["button"]).toMatchObject({
      defaultValue: "Go",
      rules: [{ force: "Staff" }, { key: "wording" }],
    });
  });
});

test("a stopped experiment's flag answers what won, for everybody it was for, with or without consent", () => {
  const stopped = { ...EXPERIMENT, status: "stopped" as const };
  const answer = (experiment: typeof stopped & { winner?: string }, attributes: Record<string, unknown>) =>
    resolveFlag(config({ experiments: [experiment] }), "button", asking({ attributes }));
  expect(answer({ ...stopped, winner: "add" }, { country: "AT" })).toMatchObject({ value: "Add to cart" });
  expect(answer({ ...stopped, winner: "add" }, { country: "DE" })).toMatchObject({ value: "Buy" });
  expect(answer(stopped, { country: "AT", consent: CONSENT })).toMatchObject({ value: "Buy" });
});

describe("one flag for one person", () => {
  const own = config({
    features: {
      plain: { defaultValue: true, variants: { on: true, off: false }, metadata: { team: "shop" } },
      off: { defaultValue: true, disabled: true, rules: [{ force: false }] },
      staff: {
        defaultValue: "no",
        rules: [
          { condition: { staff: true }, force: "yes" },
          { force: "late", condition: { id: "visitor-9" } },
        ],
      },
      always: { rules: [{ force: { a: [1] } }], variants: { list: { a: [1] } } },
      half: { defaultValue: 0, rules: [{ force: 1, coverage: 0.5 }] },
      gated: {
        defaultValue: 1,
        rules: [{ force: 2, parentConditions: [{ id: "staff", condition: { value: "yes" }, gate: true }] }],
      },
      empty: {},
    },
    experiments: [{ ...EXPERIMENT, when: undefined, coverage: 1 }],
    holdout: { share: 0 },
  });
  const ask = (key: string, more: Partial<Asking> = {}) => resolveFlag(own, key, asking(more));

  test("says why, and which variant", () => {
    expect(flagKeys(own, NOW)).toEqual([
      "plain",
      "off",
      "staff",
      "always",
      "half",
      "gated",
      "empty",
      "button",
    ]);
    expect(ask("plain")).toEqual({
      key: "plain",
      value: true,
      reason: "STATIC",
      variant: "on",
      metadata: { team: "shop" },
    });
    expect(ask("off")).toEqual({ key: "off", reason: "DISABLED" });
    expect(ask("staff")).toEqual({ key: "staff", value: "no", reason: "DEFAULT" });
    expect(ask("staff", { attributes: { staff: true, consent: CONSENT } })).toEqual({
      key: "staff",
      value: "yes",
      reason: "TARGETING_MATCH",
    });
    expect(ask("always")).toEqual({ key: "always", value: { a: [1] }, reason: "STATIC", variant: "list" });
    expect(ask("gated")).toEqual({ key: "gated", reason: "DISABLED" });
    expect(ask("empty")).toEqual({ key: "empty", reason: "STATIC" });
    expect(ask("nowhere")).toMatchObject({ errorCode: "FLAG_NOT_FOUND" });
    expect(ask("toString")).toMatchObject({ errorCode: "FLAG_NOT_FOUND" });
    const button = ask("button");
    expect(button).toMatchObject({ reason: "SPLIT", metadata: { experiment: "wording" } });
    expect("variant" in button && ["buy", "add", "take"].includes(button.variant!)).toBe(true);
  });

  test("without consent nobody is split, and the answer says so", () => {
    const units = Array.from({ length: 100 }, (_, i) => `v${i}`);
    for (const unit of units)
      for (const [key, value] of [
        ["button", "Buy"],
        ["half", 0],
      ] as const)
        expect(ask(key, { unit, attributes: { consent: { personalization: true } } })).toEqual({
          key,
          value,
          reason: "DEFAULT",
          metadata: { consent: "missing" },
        });
    const halves = new Set(units.map((unit) => JSON.stringify(ask("half", { unit }))));
    expect([...halves].sort()).toEqual([
      '{"key":"half","value":0,"reason":"DEFAULT"}',
      '{"key":"half","value":1,"reason":"SPLIT"}',
    ]);
  });

  test("the id is the one it was asked for, whatever the context claims", () => {
    expect(ask("staff", { attributes: { id: "visitor-9", consent: CONSENT } })).toMatchObject({
      value: "no",
    });
    expect(ask("staff", { unit: "visitor-9", attributes: {} })).toMatchObject({ value: "late" });
    expect(ask("staff", { unit: undefined, attributes: { id: "visitor-9" } })).toMatchObject({ value: "no" });
  });

  test("who agreed to be split and has no name is an error, where a rule would have split them", () => {
    expect(ask("button", { unit: undefined })).toMatchObject({ errorCode: "TARGETING_KEY_MISSING" });
    expect(ask("button", { unit: undefined, attributes: {} })).toMatchObject({ value: "Buy" });
    expect(ask("staff", { unit: undefined })).toMatchObject({ value: "no" });
    const abroad = config({ experiments: [EXPERIMENT] });
    expect(
      resolveFlag(abroad, "button", asking({ unit: undefined, attributes: { country: "DE" } })),
    ).toMatchObject({
      reason: "DEFAULT",
    });
  });
});
