import { minorDigits } from "../primitives/money.ts";
import type { MetricDefinition } from "./metrics.ts";

/** A figure in its unit. @example figureText(0.051, METRIC.conversion) // "5.1 %" */
export function figureText(value: number, metric: Pick<MetricDefinition, "unit">, currency?: string): string {
  if (metric.unit === "share") return `${rounded(value * 100)} %`;
  return metric.unit === "money" ? moneyText(value, currency) : rounded(value);
}

/** A difference of two figures; of shares in points, so that nobody takes it for a lift. */
export function differenceText(
  value: number,
  metric: Pick<MetricDefinition, "unit">,
  currency?: string,
): string {
  return metric.unit === "share" ? `${rounded(value * 100)} points` : figureText(value, metric, currency);
}

/** An amount in words; below one major unit two figures are kept, because a cent per visitor is a lot of money. */
export function moneyText(minor: number, currency?: string): string {
  if (currency === undefined) return `${rounded(minor)} minor units`;
  const digits = minorDigits(currency);
  const major = minor / 10 ** digits;
  return `${Math.abs(major) < 1 ? Number(major.toPrecision(2)) : major.toFixed(digits)} ${currency}`;
}

/** Three figures, without an exponent. */
const rounded = (value: number): string =>
  Math.abs(value) >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));

/** @example spanText(12) // "about 12 days" */
export function spanText(days: number): string {
  if (days < 1.5) return "about a day";
  if (days < 21) return `about ${Math.ceil(days)} days`;
  const weeks = Math.ceil(days / 7);
  return weeks <= 104 ? `about ${weeks} weeks` : "more than two years";
}
