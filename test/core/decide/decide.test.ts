import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decide, type Question } from "../../../src/core/decide/decide.ts";
import { defaultChain } from "../../../src/core/config/defaults.ts";
import { NOW, person, sceneOf, worldOf } from "./scenes.ts";

const question = (slots: Question["slots"], unit = "visitor-1"): Question => ({
  slots,
  unit,
  pageType: "product",
});
const NO_HOLDOUT = { holdout: { share: 0 } };
const ids = (decided: ReturnType<typeof decide>[number] | undefined) =>
  decided?.answer.items.map((one) => one.id);

test("the same scene and question give the same answer", () => {
  const world = worldOf({
    config: { experiments: [{ id: "e", variations: [{ id: "a" }, { id: "b", max: 1 }] }] },
  });
  const ask = () =>
    decide(
      sceneOf(world, { current: "kettle", profile: person() }),
      question([{ id: "goes-with" }, { id: "better" }]),
    );
  expect(ask()).toEqual(ask());
});

test("no two slots of a page show the same product, and each shows at most its max", () => {
  const world = worldOf({ config: NO_HOLDOUT });
  const slot = fc.record({
    id: fc.constantFrom("goes-with", "better", "trending", "similar", "for-you"),
    max: fc.integer({ min: 0, max: 6 }),
  });
  fc.assert(
    fc.property(
      fc.array(slot, { minLength: 1, maxLength: 6 }),
      fc.constantFrom("kettle", "tea", "spoon", "nothing"),
      (slots, current) => {
        const decided = decide(sceneOf(world, { current, profile: person() }), question(slots));
        const shown = decided.flatMap((one) => ids(one)!);
        expect(new Set(shown).size).toBe(shown.length);
        decided.forEach((one, i) => expect(one.answer.items.length).toBeLessThanOrEqual(slots[i]!.max));
      },
    ),
  );
});

describe("statuses", () => {
  const status = (config: object, slot: Question["slots"][number], profile = person()) =>
    decide(sceneOf(worldOf({ config }), { current: "kettle-plus", profile }), question([slot]))[0]?.answer;
  test("personalized, suppressed, fallback, holdout", () => {
    expect(status(NO_HOLDOUT, { id: "goes-with" })).toMatchObject({ status: "personalized" });
    expect(status(NO_HOLDOUT, { id: "goes-with", max: 0 })).toMatchObject({
      status: "suppressed",
      items: [],
    });
    expect(status(NO_HOLDOUT, { id: "goes-with", min: 20, max: 20 })).toMatchObject({
      status: "fallback",
      items: [],
    });
    expect(status({ holdout: { share: 1 } }, { id: "goes-with" })).toMatchObject({
      status: "holdout",
      holdout: true,
      items: [],
    });
  });
  test("contextual for nobody: neither holdout nor experiment touches them", () => {
    const world = worldOf({
      config: { holdout: { share: 1 }, experiments: [{ id: "e", variations: [{ id: "a" }, { id: "b" }] }] },
    });
    const [decided] = decide(sceneOf(world, { current: "kettle-plus" }), question([{ id: "goes-with" }], ""));
    expect(decided).toMatchObject({
      answer: { status: "contextual", assignments: [], holdout: false },
      assignments: [],
    });
  });
});

test("a page may ask for fewer than the marketer allows, never for more", () => {
  const count = (own: number | undefined, asked: number | undefined) => {
    const world = worldOf({
      config: { ...NO_HOLDOUT, slots: { similar: own === undefined ? {} : { max: own } } },
    });
    return ids(
      decide(
        sceneOf(world, { current: "kettle", profile: person() }),
        question([{ id: "similar", ...(asked === undefined ? {} : { max: asked }) }]),
      )[0],
    )?.length;
  };
  expect([count(1, undefined), count(1, 2), count(2, 1), count(undefined, 1)]).toEqual([1, 1, 1, 1]);
});

test("variations change count, strategies and rules of those in them, and nobody else", () => {
  const experiment = (variation: object) => ({
    ...NO_HOLDOUT,
    experiments: [
      {
        id: "e",
        variations: [
          { id: "all", weight: 0 },
          { id: "changed", weight: 1, ...variation },
        ],
      },
    ],
  });
  const shown = (config: object) =>
    ids(
      decide(
        sceneOf(worldOf({ config }), { current: "kettle", profile: person() }),
        question([{ id: "similar" }]),
      )[0],
    );
  expect(shown(experiment({ max: 1 }))).toHaveLength(1);
  expect(shown(experiment({ strategies: ["cross_sell"] }))).toContain("filter");
  expect(shown(experiment({ rules: [{ id: "r", then: [{ do: "pin", items: ["spoon"] }] }] }))?.[0]).toBe(
    "spoon",
  );
});

test("what was shown in vain makes room, 'less like this' pushes its kind down", () => {
  const order = (change: Parameters<typeof person>[0]) =>
    ids(
      decide(
        sceneOf(worldOf({ config: NO_HOLDOUT }), { current: "kettle", profile: person(change) }),
        question([{ id: "similar", strategies: ["same_type"] }]),
      )[0],
    );
  expect(order(() => undefined)).toEqual(["kettle-plus", "kettle-max"]);
  expect(
    order((profile) => profile.feedback.set("kettle-plus", { kind: "less_like_this", at: NOW })),
  ).toEqual(["kettle-max", "kettle-plus"]);
  expect(order((profile) => profile.seen.set("kettle-plus", { times: 9, at: NOW }))).toEqual([
    "kettle-max",
    "kettle-plus",
  ]);
});

test("a good slot name is configuration enough", () => {
  expect(defaultChain("product-goes-with", "product")).toEqual(["cross_sell"]);
  expect(defaultChain("better", "cart")).toEqual(["up_sell"]);
  expect(defaultChain("anything", "cart")).toEqual(["cross_sell", "trending"]);
  expect(defaultChain("anything", undefined)).toEqual(["for_you", "trending"]);
});
