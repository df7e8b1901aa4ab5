import { minorDigits, type Money } from "../../src/core/primitives/money.ts";

/** An amount as this page's language writes it. @example priceText({ minor: 1299, currency: "EUR" }) // "€12.99" */
export const priceText = ({ minor, currency }: Money): string =>
  new Intl.NumberFormat("en", { style: "currency", currency }).format(minor / 10 ** minorDigits(currency));
