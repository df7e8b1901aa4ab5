import fc from "fast-check";
import { expect, test } from "vitest";
import { SHOPIFY_KEYS, statementOfShopify } from "../../../src/core/consent/shopify.ts";

test.each([
  [{}, {}],
  [{ analytics: "", marketing: "", preferences: "", sale_of_data: "" }, {}],
  [
    { analytics: "yes", marketing: "yes", preferences: "yes", sale_of_data: "yes" },
    { analytics: true, marketing: true, personalization: true },
  ],
  [
    { analytics: true, marketing: true, preferences: false, sale_of_data: true },
    { analytics: true, marketing: true, personalization: false },
  ],
  [{ marketing: "yes", sale_of_data: "no" }, { marketing: false }],
  [{ sale_of_data: false }, { marketing: false }],
  [{ sale_of_data: true }, {}],
  [{ analytics: "no", preferences: null }, { analytics: false }],
  [
    { analytics: "YES", marketing: 1 },
    { analytics: false, marketing: false },
  ],
] as const)("%j says %j", (consent, statement) => {
  expect(statementOfShopify(consent)).toEqual(statement);
});

test("garbage grants nothing", () => {
  const value = fc.anything().filter((one) => one !== true && one !== "yes");
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...SHOPIFY_KEYS), value), (consent) => {
      expect(Object.values(statementOfShopify(consent))).not.toContain(true);
    }),
  );
});
