import * as v from "valibot";
import type { CatalogItem } from "../../../src/core/catalog/item.ts";
import { preferencesOf, type Said } from "../../../src/core/preference/preferences-of.ts";
import type { Preference } from "../../../src/core/preference/preference.ts";
import { compileQuestions, Questions } from "../../../src/core/preference/question.ts";

export const item = (id: string, more: Partial<CatalogItem> = {}): CatalogItem => ({
  id,
  title: `The ${id}`,
  availability: "in_stock",
  price: { minor: 4000, currency: "EUR" },
  ...more,
});

/** A furniture shop's quiz, and what the customer's own page may correct. */
export const QUESTIONS = compileQuestions(
  v.parse(Questions, {
    quiz: {
      wood: {
        states: "attribute:material",
        values: { "Warm woods": ["oak", "beech"], Oak: "oak", "No idea": null },
      },
      brand: { states: "brand" },
      never: { states: "avoid_type" },
      "unwanted-brand": { states: "avoid_brand" },
      spend: {
        states: "price_band",
        values: { "up to 50": { max: 50, currency: "EUR" }, more: { min: 50 } },
      },
      why: { states: "reason" },
    },
    traits: { brand: { states: "brand" }, size: { states: "size" } },
  }),
);

export const said = (
  answers: Readonly<Record<string, readonly [choice: string, at: number]>>,
  traits: Said["traits"] = [],
): Preference[] =>
  preferencesOf(
    { answers: Object.entries(answers).map(([key, [choice, at]]) => [key, { choice, at }] as const), traits },
    QUESTIONS,
  );

export const likes = (topic: Preference["topic"], ...anyOf: Preference["anyOf"]): Preference => ({
  key: `quiz/${topic}`,
  topic,
  anyOf,
  at: 100,
  source: "survey",
  isOwnWord: false,
});
