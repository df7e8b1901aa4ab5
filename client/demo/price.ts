import { minorDigits, type Money } from "../../src/core/primitives/money.ts";

/** An amount as the page's language writes it. @example priceText({ minor: 1299, currency: "EUR" }) // "€12.99" */
export const priceText = ({ minor, currency }: Money): string =>
  new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency }).format(
    minor / 10 ** minorDigits(currency),
  );

/** Amounts of one currency, added up. */
export const sumOf = (amounts: readonly Money[]): Money => ({
  minor: amounts.reduce((sum, { minor }) => sum + minor, 0),
  currency: amounts[0]?.currency ?? "EUR",
});
