import { expect, test } from "vitest";
import { withText } from "../../../src/core/catalog/price-text.ts";

test.each([
  [1299, "EUR", undefined, "€12.99"],
  [1299, "EUR", "de-DE", "12,99\u00a0€"],
  [129900, "USD", "en-US", "$1,299.00"],
  [1299, "JPY", "ja-JP", "￥1,299"],
  [12990, "KWD", "en", "KWD\u00a012.990"],
  // A page may call its language `en_US`, which is none, or nothing at all.
  [1299, "EUR", "en_US", "€12.99"],
  [1299, "EUR", "", "€12.99"],
  [0, "EUR", "en", "€0.00"],
])("%i %s as %s writes it", (minor, currency, locale, text) => {
  expect(withText({ minor, currency }, locale)).toEqual({ minor, currency, text });
});

test("a flood of locales is answered right, and forgotten", () => {
  for (let index = 0; index < 1_000; index++)
    expect(withText({ minor: 1299, currency: "EUR" }, `en-x-${index}`).text).toBe("€12.99");
  expect(withText({ minor: 1299, currency: "EUR" }, "de-DE").text).toBe("12,99\u00a0€");
});
