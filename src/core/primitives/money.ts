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
  if (!/^-?\d{1,15}(\.\d{1,20})?(e[+-]?\d{1,2})?$/i.test(text)) return undefined;
  const code = currency.toUpperCase();
  const value = Number(text) * 10 ** minorDigits(code);
  // The nudge undoes binary representation: 1.005 * 100 is 100.49999999999999.
  const minor = Math.sign(value) * Math.round(Math.abs(value) + 1e-7);
  return Number.isSafeInteger(minor) ? { minor: minor === 0 ? 0 : minor, currency: code } : undefined;
}

/**
 * Reads a price as feeds write it, with a decimal point or comma and perhaps thousands apart. Of two separators the last
 * is the decimal one; a single one before exactly three digits could be either, and a price is never guessed.
 * @example parsePrice("12,99 EUR") // { minor: 1299, currency: "EUR" }
 * @example parsePrice("1,299 EUR") // undefined
 */
export function parsePrice(text: string, fallbackCurrency?: string): Money | undefined {
  const match = /^\s*([A-Za-z]{3})?\s*(-?\d[\d.,]*)\s*([A-Za-z]{3})?\s*$/.exec(text);
  const currency = match?.[3] ?? match?.[1] ?? fallbackCurrency;
  if (!match || currency === undefined) return undefined;
  const digits = match[2]!;
  const last = Math.max(digits.lastIndexOf("."), digits.lastIndexOf(","));
  if (last < 0) return moneyOf(digits, currency);
  const whole = digits.slice(0, last);
  const fraction = digits.slice(last + 1);
  const separator = digits[last]!;
  const other = separator === "." ? "," : ".";
  if (whole.includes(separator)) {
    // The same separator twice parts thousands: 1,299,000.
    const isThousands = !whole.includes(other) && /^-?\d{1,3}([.,]\d{3})+$/.test(digits);
    return isThousands ? moneyOf(digits.replaceAll(separator, ""), currency) : undefined;
  }
  if (whole.includes(other) && !/^-?\d{1,3}([.,]\d{3})+$/.test(whole)) return undefined;
  const isAmbiguous =
    !whole.includes(other) &&
    fraction.length === 3 &&
    minorDigits(currency.toUpperCase()) !== 3 &&
    !/^-?0$/.test(whole);
  return isAmbiguous ? undefined : moneyOf(`${whole.replaceAll(other, "")}.${fraction || "0"}`, currency);
}
