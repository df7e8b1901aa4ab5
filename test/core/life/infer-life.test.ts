import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { LifeConfig } from "../../../src/core/config/life-config.ts";
import { permits, type ConsentRecord, type Purpose } from "../../../src/core/consent/consent.ts";
import { compileLife } from "../../../src/core/life/compile-life.ts";
import { confidenceOf, dayBelow } from "../../../src/core/life/confidence.ts";
import { declare, deny, forgetKind, type Word } from "../../../src/core/life/declare.ts";
import { inferLife, type Occurrence } from "../../../src/core/life/infer-life.ts";
import { labelFor, type Reader } from "../../../src/core/life/label-for.ts";
import { nextLifeChange } from "../../../src/core/life/life-attributes.ts";
import { LIFE_LIMITS } from "../../../src/core/life/life-limits.ts";
import { lifeOf } from "../../../src/core/life/life-of.ts";
import { forgetInferred, newLife, withoutItem, type LifeState } from "../../../src/core/life/life-state.ts";
import { mayInfer } from "../../../src/core/life/may-infer.ts";
import { DAY_MS } from "../../../src/core/primitives/time.ts";

const DAY = 20_000;
const NOW = (DAY + 30) * DAY_MS;
const life = compileLife(
  v.parse(LifeConfig, {
    infer: true,
    kinds: {
      move: {
        halfLifeDays: 30,
        signs: [
          { event: "bought", where: { type: { $in: ["boxes", "tape", "paint"] } }, weight: 3 },
          { event: "product_viewed", where: { type: { $in: ["boxes", "tape", "paint"] } }, weight: 0.5 },
          { event: "bought", where: { type: "paint" }, weight: 1 },
        ],
      },
      new_pet: { signs: [{ event: "bought", where: { type: "pet food" }, weight: 4 }] },
    },
  }),
);
const move = life.kinds.get("move")!;
const act = (day: number, item: string, type: string, event: Occurrence["event"] = "bought"): Occurrence => ({
  event,
  at: (DAY + day) * DAY_MS + 3_600_000,
  item,
  type,
  attributes: { id: item, type },
  isSensitive: false,
});
const MOVING = [
  act(25, "box-s", "boxes"),
  act(27, "box-l", "boxes"),
  act(27, "tape-1", "tape"),
  act(28, "tape-2", "tape"),
];
const infer = (acts: readonly Occurrence[], now = NOW, state = newLife()): LifeState =>
  inferLife(state, acts, life, now, true);
const confidence = (state: LifeState, now = NOW): number =>
  confidenceOf(state.evidence, move, Math.floor(now / DAY_MS));
const own = (at: number): Word => ({ at, source: "customer", isOwnWord: true });

const actsOf = (types: readonly string[], minLength: number, maxLength: number) =>
  fc.array(
    fc
      .tuple(
        fc.integer({ min: 0, max: 40 }),
        fc.constantFrom("a", "b", "c", "d"),
        fc.constantFrom(...types),
        fc.constantFrom("bought" as const, "product_viewed" as const),
      )
      .map(([day, item, type, event]) => act(day, `${type}-${item}`, type, event)),
    { minLength, maxLength },
  );
/** Anything, and what speaks so strongly that something is concluded. */
const acts = fc.oneof(
  actsOf(["boxes", "tape", "paint", "pet food", "books"], 0, 60),
  actsOf(["boxes", "tape", "paint"], 8, 16),
);

describe("confidence", () => {
  test("is what the formula says", () => {
    // Boxes: two weights of 3, 5 and 3 days old; tape the same, 3 and 2 days old. Prior 0.02, so c = ln 49.
    const c = Math.log(49);
    const boxes = 3 * (2 ** (-5 / 30) + 2 ** (-3 / 30));
    const tape = 3 * (2 ** (-3 / 30) + 2 ** (-2 / 30));
    const logOdds = -c + c * (1 - Math.exp(-boxes / c)) + c * (1 - Math.exp(-tape / c));
    expect(confidence(infer(MOVING))).toBeCloseTo(1 / (1 + Math.exp(-logOdds)), 12);
  });

  test("is nothing by one item, or on one day", () => {
    expect(confidence(infer([act(25, "a", "boxes"), act(27, "a", "boxes"), act(28, "a", "boxes")]))).toBe(0);
    expect(confidence(infer([act(25, "a", "boxes"), act(25, "b", "tape"), act(25, "c", "paint")]))).toBe(0);
  });

  test("of one product type never exceeds one half, however often it is bought", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.nat(50)), { maxLength: 80 }),
        (bought) => {
          const state = infer(bought.map(([day, item]) => act(day, `box-${item}`, "boxes")));
          expect(confidence(state)).toBeLessThanOrEqual(0.5);
          expect(lifeOf(state, life, NOW, true)).toEqual([]);
        },
      ),
    );
  });

  test("lies in [0, 1), and neither falls with more acts nor rises with time alone", () => {
    fc.assert(
      fc.property(acts, acts, fc.integer({ min: 0, max: 200 }), (some, more, later) => {
        // Of each kind the latest 32 are kept; below that, more is more.
        fc.pre(some.length + more.length <= LIFE_LIMITS.evidenceMax);
        const now = (DAY + 41) * DAY_MS;
        const first = infer(some, now);
        const both = infer(more, now, first);
        const before = confidence(first, now);
        const after = confidence(both, now);
        expect(before).toBeGreaterThanOrEqual(0);
        expect(after).toBeLessThan(1);
        expect(after).toBeGreaterThanOrEqual(before);
        expect(confidence(both, now + later * DAY_MS)).toBeLessThanOrEqual(after);
      }),
    );
  });

  test("falls below a level on the day that is foretold, and not before", () => {
    fc.assert(
      fc.property(acts, fc.constantFrom(0.1, 0.5, 0.8), (done, level) => {
        const { evidence } = infer(done, (DAY + 41) * DAY_MS);
        const day = dayBelow(evidence, move, DAY + 41, level);
        expect(confidenceOf(evidence, move, day)).toBeLessThan(level);
        if (day > DAY + 41) expect(confidenceOf(evidence, move, day - 1)).toBeGreaterThanOrEqual(level);
      }),
    );
  });
});

describe("what is concluded", () => {
  test("is the same in any order, in any parts, told once or twice", () => {
    fc.assert(
      fc.property(acts, fc.infiniteStream(fc.nat()), fc.nat(60), (done, keys, cut) => {
        const now = (DAY + 41) * DAY_MS;
        const shuffled = [...done, ...done]
          .map((one) => [keys.next().value as number, one] as const)
          .sort((a, b) => a[0] - b[0])
          .map(([, one]) => one);
        const parts = infer(shuffled.slice(cut), now, infer(shuffled.slice(0, cut), now - DAY_MS));
        expect(parts).toEqual(infer(done, now));
        expect(parts.evidence.length).toBeLessThanOrEqual(2 * LIFE_LIMITS.evidenceMax);
      }),
    );
  });

  test("has a beginning and an end", () => {
    const [found, ...others] = lifeOf(infer(MOVING), life, NOW, true);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ kind: "move", isDeclared: false, since: (DAY + 28) * DAY_MS });
    const { until } = found!;
    expect(lifeOf(infer(MOVING), life, until - 1, true)).toHaveLength(1);
    expect(lifeOf(infer(MOVING), life, until, true)).toEqual([]);
    expect(nextLifeChange(infer(MOVING), life, NOW, true)).toBe(NOW + DAY_MS);
    expect(nextLifeChange(infer(MOVING), life, until, true)).toBeUndefined();
  });

  test("of several signs that one act matches the strongest counts", () => {
    expect(infer([act(25, "p", "paint")]).evidence).toMatchObject([{ weight: 3 }]);
  });

  test("speaks of no sensitive item", () => {
    expect(infer(MOVING.map((one) => ({ ...one, isSensitive: true })))).toEqual(newLife());
  });

  test("goes with the items it came from", () => {
    const without = withoutItem(infer(MOVING), "tape-1");
    expect(without.evidence).toHaveLength(3);
    expect(JSON.stringify(without)).not.toContain("tape-1");
  });

  test("old evidence is not even kept", () => {
    expect(infer([], NOW + 200 * DAY_MS, infer(MOVING)).evidence).toEqual([]);
  });
});

describe("permission", () => {
  const off = { ...life, infer: false };

  test("without it nothing is taken in, and what there was is forgotten", () => {
    expect(inferLife(infer(MOVING), MOVING, life, NOW, false)).toEqual(newLife());
    expect(inferLife(infer(MOVING), MOVING, off, NOW, true)).toEqual(newLife());
    expect(forgetInferred(infer(MOVING))).toEqual(newLife());
  });

  test("what is still stored is not told", () => {
    expect(lifeOf(infer(MOVING), life, NOW, false)).toEqual([]);
    expect(lifeOf(infer(MOVING), off, NOW, true)).toEqual([]);
  });

  test("needs the owner, life_events and personalization, each now", () => {
    const grant = (purposes: readonly Purpose[]): ConsentRecord =>
      Object.fromEntries(
        purposes.map((purpose) => [
          purpose,
          { granted: true, at: NOW - 10, source: "snippet", expiresAt: NOW + 10, policyVersion: "1" },
        ]),
      );
    const both = grant(["life_events", "personalization"]);
    expect(permits(both, "life_events", NOW)).toBe(true);
    expect(mayInfer(life, both, NOW)).toBe(true);
    expect(mayInfer(life, both, NOW + 10)).toBe(false);
    expect(mayInfer(off, both, NOW)).toBe(false);
    expect(mayInfer(life, grant(["life_events"]), NOW)).toBe(false);
    expect(mayInfer(life, grant(["personalization", "marketing"]), NOW)).toBe(false);
  });
});

describe("the customer's word", () => {
  test("“not me” forgets what was done, and keeps it from being concluded until they declare it", () => {
    const denied = deny(infer(MOVING), life, "move", own(NOW));
    expect(denied.evidence).toEqual([]);
    const later = MOVING.map((one) => ({ ...one, at: one.at + 30 * DAY_MS }));
    const again = infer(later, NOW + 30 * DAY_MS, denied);
    expect(lifeOf(again, life, NOW + 30 * DAY_MS, true)).toEqual([]);
    expect(again.evidence).toEqual([]);
    const declared = declare(denied, life, { kind: "move" }, own(NOW + 1));
    expect(lifeOf(declared, life, NOW + 1, true)).toMatchObject([
      { kind: "move", isDeclared: true, confidence: 1 },
    ]);
    expect(infer(later, NOW + 30 * DAY_MS, declared).evidence).toHaveLength(4);
  });

  test("forgotten: what was done until then does not count, what follows may", () => {
    const forgotten = forgetKind(infer(MOVING), "move", own(NOW));
    expect(infer(MOVING, NOW, forgotten).evidence).toEqual([]);
    const later = MOVING.map((one) => ({ ...one, at: one.at + 30 * DAY_MS }));
    expect(lifeOf(infer(later, NOW + 30 * DAY_MS, forgotten), life, NOW + 30 * DAY_MS, true)).toHaveLength(1);
  });

  test("replaces what was concluded", () => {
    const declared = declare(infer(MOVING), life, { kind: "move" }, own(NOW));
    expect(lifeOf(declared, life, NOW, true)).toHaveLength(1);
    expect(lifeOf(declared, life, NOW, true)[0]!.isDeclared).toBe(true);
  });
});

describe("the label", () => {
  const consent = (...purposes: Purpose[]): ConsentRecord =>
    Object.fromEntries(
      purposes.map((purpose) => [
        purpose,
        { granted: true, at: 0, source: "snippet", expiresAt: NOW + 1, policyVersion: "1" },
      ]),
    );
  const inferred = lifeOf(infer(MOVING), life, NOW, true)[0]!;
  const pregnancy = lifeOf(declare(newLife(), life, { kind: "pregnancy" }, own(NOW)), life, NOW, true)[0]!;
  const all = consent("life_events", "clienteling");
  const by = (role: Reader["role"], isSelf = false): Reader => ({ role, isSelf });

  test.each<[string, Reader, ConsentRecord, string | undefined, string | undefined]>([
    ["the customer themself", by("page", true), all, "Moving house (a guess)", "Pregnancy"],
    ["the owner", by("owner"), all, "Moving house (a guess)", "Pregnancy"],
    ["an associate with clienteling", by("associate"), all, "Moving house (a guess)", undefined],
    ["an associate without", by("associate"), consent("life_events"), undefined, undefined],
    ["a page", by("page"), all, undefined, undefined],
    ["a marketer", by("marketer"), all, undefined, undefined],
    ["an analyst", by("analyst"), all, undefined, undefined],
    ["the shop's server", by("server"), all, undefined, undefined],
    ["the owner after a withdrawal", by("owner"), consent("clienteling"), undefined, undefined],
  ])("for %s", (_, reader, granted, guess, told) => {
    expect(labelFor(reader, inferred, life, granted, NOW)).toBe(guess);
    expect(labelFor(reader, pregnancy, life, granted, NOW)).toBe(told);
  });
});

test("“since” is the day of the latest rise to the threshold: the day before it nothing was said", () => {
  let found = 0;
  fc.assert(
    fc.property(acts, (done) => {
      const now = (DAY + 41) * DAY_MS;
      const state = infer(done, now);
      for (const { kind, since, until } of lifeOf(state, life, now, true)) {
        found++;
        const at = (moment: number) => lifeOf(state, life, moment, true).some((one) => one.kind === kind);
        expect(at(since - 1)).toBe(false);
        for (let moment = since; moment <= now; moment += DAY_MS) expect(at(moment)).toBe(true);
        expect(at(until - 1)).toBe(true);
        expect(at(until)).toBe(false);
      }
    }),
  );
  expect(found).toBeGreaterThan(10);
});
