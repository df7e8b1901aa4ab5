import fc from "fast-check";
import { expect, test } from "vitest";
import type { Purpose } from "../../../src/core/consent/consent.ts";
import { statementOfCategories } from "../../../src/core/consent/segment.ts";

const MAPPING: { readonly [category: string]: readonly Purpose[] } = {
  Analytics: ["analytics"],
  Functional: ["personalization"],
  Personalization: ["personalization"],
  Advertising: ["marketing", "analytics"],
};

test.each([
  [undefined, {}],
  [{}, {}],
  [{ Unheard: true }, {}],
  [{ Analytics: true }, { analytics: true }],
  [
    { Analytics: true, Advertising: false },
    { analytics: false, marketing: false },
  ],
  [{ Functional: false, Personalization: true }, { personalization: false }],
  [{ Functional: true, Personalization: true }, { personalization: true }],
] as const)("%j says %j", (categories, statement) => {
  expect(statementOfCategories(categories, MAPPING)).toEqual(statement);
});

test("only true is a yes, and only a category of its own counts", () => {
  const value = fc.anything().filter((one) => one !== true);
  const categories = fc.dictionary(fc.oneof(fc.constantFrom(...Object.keys(MAPPING)), fc.string()), value);
  fc.assert(
    fc.property(categories, (preferences) => {
      expect(Object.values(statementOfCategories(preferences, MAPPING))).not.toContain(true);
    }),
  );
  const inherited = Object.create({ Analytics: true }) as Record<string, unknown>;
  expect(statementOfCategories(inherited, MAPPING)).toEqual({});
});
