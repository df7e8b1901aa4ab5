import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { preferencesOf } from "../../../src/core/preference/preferences-of.ts";
import { Questions } from "../../../src/core/preference/question.ts";
import { parseWith } from "../../../src/core/problem/parse.ts";
import type { Trait } from "../../../src/core/profile/profile.ts";
import { QUESTIONS, said } from "./items.ts";

const own = (value: Trait["value"], at = 1): Trait => ({ value, at, source: "customer", isOwnWord: true });
const brief = (preferences: ReturnType<typeof said>) =>
  preferences.map(({ topic, anyOf, band }) => [topic, band ?? anyOf]);

describe("what a choice stands for", () => {
  test.each<[string, Parameters<typeof said>[0], unknown[]]>([
    ["several values", { "quiz/wood": ["Warm woods", 1] }, [["attribute:material", ["oak", "beech"]]]],
    ["in any case, with spaces", { "quiz/wood": [" OAK ", 1] }, [["attribute:material", ["oak"]]]],
    ["nothing", { "quiz/wood": ["No idea", 1] }, []],
    ["nothing, where it is no choice", { "quiz/wood": ["Plastic", 1] }, []],
    ["itself, where choices are free", { "quiz/brand": ["Brook", 1] }, [["brand", ["Brook"]]]],
    ["a price band", { "quiz/spend": ["up to 50", 1] }, [["price_band", { max: 50, currency: "EUR" }]]],
    ["nothing of a question that states nothing", { "nps/score": ["Brook", 1] }, []],
    ["nothing by a name of every object", { "constructor/x": ["Brook", 1] }, []],
    ["nothing of a survey that calls itself traits", { "traits/brand": ["Brook", 1] }, []],
  ])("is %s", (_, answers, expected) => {
    expect(brief(said(answers))).toEqual(expected);
  });
});

describe("of several statements", () => {
  test("the customer's own word comes first, then the newest", () => {
    const preferences = said({ "quiz/brand": ["Brook", 9] }, [["brand", own("Acme")]]);
    expect(brief(preferences)).toEqual([
      ["brand", ["Acme"]],
      ["brand", ["Brook"]],
    ]);
    expect(preferences[0]).toMatchObject({ key: "traits/brand", source: "customer", isOwnWord: true, at: 1 });
  });

  test("“none” withdraws what comes after it, and nothing of another topic", () => {
    expect(
      brief(said({ "quiz/brand": ["Brook", 9], "quiz/wood": ["Oak", 1] }, [["brand", own(null)]])),
    ).toEqual([["attribute:material", ["oak"]]]);
    expect(brief(said({ "quiz/brand": ["None", 9] }, [["brand", own("Acme")]]))).toEqual([
      ["brand", ["Acme"]],
    ]);
  });

  test("a brand is not both liked and avoided: the newer stands", () => {
    expect(brief(said({ "quiz/brand": ["Brook", 1], "quiz/unwanted-brand": ["brook", 2] }))).toEqual([
      ["avoid_brand", ["brook"]],
    ]);
    expect(brief(said({ "quiz/brand": ["Brook", 2], "quiz/unwanted-brand": ["brook", 1] }))).toEqual([
      ["brand", ["Brook"]],
    ]);
  });

  test("they are the same in any order", () => {
    const answer = fc.tuple(
      fc.constantFrom(...[...QUESTIONS.keys()].filter((key) => key.startsWith("quiz/"))),
      fc.record({ choice: fc.constantFrom("Oak", "Brook", "Acme", "none", "more"), at: fc.nat(3) }),
    );
    fc.assert(
      fc.property(fc.uniqueArray(answer, { selector: ([key]) => key }), (answers) => {
        const traits = [["brand", own("Acme", 2)]] as const;
        const one = preferencesOf({ answers, traits }, QUESTIONS);
        expect(preferencesOf({ answers: answers.toReversed(), traits }, QUESTIONS)).toEqual(one);
        // Nothing is left that both likes and avoids the same.
        const of = (topic: string) =>
          one
            .filter((each) => each.topic === topic)
            .flatMap(({ anyOf }) => anyOf.map((value) => String(value).toLowerCase()));
        expect(of("brand").filter((brand) => of("avoid_brand").includes(brand))).toEqual([]);
      }),
    );
  });
});

test.each<[what: string, questions: unknown, pointer: string]>([
  ["a topic that is none", { quiz: { a: { states: "colour" } } }, "/quiz/a/states"],
  ["price bands without bands", { quiz: { a: { states: "price_band" } } }, "/quiz/a/values"],
  [
    "a price band with a plain value",
    { quiz: { a: { states: "price_band", values: { x: 5 } } } },
    "/quiz/a/values",
  ],
  ["a band for a brand", { quiz: { a: { states: "brand", values: { x: { max: 5 } } } } }, "/quiz/a/values"],
  [
    "a band upside down",
    { quiz: { a: { states: "price_band", values: { x: { min: 9, max: 5 } } } } },
    "/quiz/a/values/x",
  ],
])("%s is refused", (_, questions, pointer) => {
  const parsed = parseWith(Questions, questions, "config_invalid");
  expect(parsed.ok ? undefined : parsed.problem.pointer).toBe(pointer);
});

test("a question without a survey is refused", () => {
  const parsed = parseWith(Questions, { wood: { states: "brand" } }, "config_invalid", "/questions");
  expect(parsed.ok ? undefined : parsed.problem.pointer).toBe("/questions/wood/states");
});
