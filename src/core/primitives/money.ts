import * as v from "valibot";

/** An amount in integer minor units (cents) of an ISO 4217 currency. Never a float. */
export const Money = v.strictObject({
  minor: v.pipe(v.number(), v.safeInteger()),
  currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, "an ISO 4217 currency code such as EUR")),
});
export type Money = v.InferOutput<typeof Money>;

const NO_DECIMALS = new Set([
  "BIF",
  "CLP",
  "DJF",
  "GNF",
  "ISK",
  "JPY",
  "KMF",
  "KRW",
  "PYG",
  "RWF",
  "UGX",
  "UYI",
  "VND",
  "VUV",
  "XAF",
  "XOF",
  "XPF",
]);
const THREE_DECIMALS = new Set(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]);

/** Number of decimal places of a currency's minor unit (ISO 4217). @example minorDigits("JPY") // 0 */
export function minorDigits(currency: string): number {
  return NO_DECIMALS.has(currency) ? 0 : THREE_DECIMALS.has(currency) ? 3 : 2;
}

/**
 * Money from a decimal amount in major units. Rounds half away from zero at the minor unit.
 * `undefined` for what is not finite, is beyond the safe integers, or has no plausible currency.
 * @example moneyOf(12.99, "eur") // { minor: 1299, currency: "EUR" }
 */
export function moneyOf(amount: unknown, currency: unknown): Money | undefined {
  if (typeof currency !== "string" || !/^[A-Za-z]{3}$/.test(currency)) return undefined;
  const text = typeof amount === "number" ? String(amount) : typeof amount === "string" ? amount.trim() : "";
  if (!/^-?\d{1,15}(\.\d{1,12})?(e[+-]?\d{1,2})?$/i.test(text)) return undefined;
  const code = currency.toUpperCase();
  const value = Number(text) * 10 ** minorDigits(code);
  // The nudge undoes binary representation: 1.005 * 100 is 100.49999999999999.
  const minor = Math.sign(value) * Math.round(Math.abs(value) + 1e-7);
  return Number.isSafeInteger(minor) ? { minor: minor === 0 ? 0 : minor, currency: code } : undefined;
}

/**
 * Reads a price as Google Merchant feeds write it. A decimal comma is understood when there is no point.
 * @example parsePrice("12,99 EUR") // { minor: 1299, currency: "EUR" }
 */
export function parsePrice(text: string, fallbackCurrency?: string): Money | undefined {
  const match = /^\s*([A-Za-z]{3})?\s*(-?[\d.,]+)\s*([A-Za-z]{3})?\s*$/.exec(text);
  if (!match) return undefined;
  const digits = match[2]!;
  const amount = digits.includes(".") ? digits.replaceAll(",", "") : digits.replace(",", ".");
  return moneyOf(amount, match[3] ?? match[1] ?? fallbackCurrency);
}
