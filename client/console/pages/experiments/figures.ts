import { count, money, percent } from "../../parts/format.ts";
import { WORDS } from "../../words/experiments.ts";

type Unit = "money" | "share" | "count" | string;

/** Writes a figure in the unit of its measure. */
export function figureOf(unit: Unit, currency: string | undefined): (value: number) => string {
  if (unit === "money")
    return (value) => (currency ? money({ minor: value, currency }) : count(value / 100, 2));
  if (unit === "share") return (value) => percent(value, 2);
  return (value) => count(value, 3);
}

/** A measure in words. */
export const metricName = (metric: string): string =>
  (WORDS.metrics as Readonly<Record<string, string>>)[metric] ?? metric.replaceAll("_", " ");
