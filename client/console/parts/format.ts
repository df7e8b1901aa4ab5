import type { Money } from "../../../src/core/primitives/money.ts";
import { WORDS } from "../words/parts.ts";

const made = new Map<string, Intl.NumberFormat>();
function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options);
  let format = made.get(key);
  if (!format) made.set(key, (format = new Intl.NumberFormat("en", options)));
  return format;
}

/** Minor units in a major one, as `Intl` knows it. */
const scaleOf = (currency: string): number =>
  10 ** (numberFormat({ style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2);

/** Money in words. From a thousand on without cents. @example money({ minor: 1299, currency: "EUR" }) // "€12.99" */
export function money({ minor, currency }: Money): string {
  try {
    const amount = minor / scaleOf(currency);
    const isLarge = Math.abs(amount) >= 1000;
    return numberFormat({
      style: "currency",
      currency,
      ...(isLarge ? { maximumFractionDigits: 0 } : {}),
    }).format(amount);
  } catch {
    return `${minor / 100} ${currency}`;
  }
}

/** A count or amount. @example count(1234.5) // "1,234.5" */
export const count = (value: number, digits = 1): string =>
  numberFormat({ maximumFractionDigits: digits }).format(value);

/** A share of one. @example percent(0.0312) // "3.1%" */
export const percent = (share: number, digits = 1): string =>
  numberFormat({ style: "percent", maximumFractionDigits: digits }).format(share);

/** A change that shows its sign. @example change(0.031) // "+3.1%" */
export const change = (share: number, digits = 1): string =>
  numberFormat({ style: "percent", maximumFractionDigits: digits, signDisplay: "exceptZero" }).format(share);

/** Two ends in words. @example range("€310", "€2,180") // "€310 to €2,180" */
export const range = (low: string, high: string): string => WORDS.range(low, high);

/** A day. @example day(Date.UTC(2026, 10, 23)) // "23 Nov 2026" */
export const day = (at: number): string =>
  new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });

/** A moment, to the minute. @example moment(Date.UTC(2026, 10, 23, 9, 5)) // "23 Nov 2026, 09:05", in London */
export const moment = (at: number): string =>
  new Date(at).toLocaleString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
];

/** How long ago, or until. @example ago(Date.now() - 7_200_000) // "2 hours ago" */
export function ago(at: number, now = Date.now()): string {
  const [unit, length] = UNITS.find(([, length]) => Math.abs(at - now) >= length) ?? UNITS[3]!;
  return relative.format(Math.round((at - now) / length), unit);
}
