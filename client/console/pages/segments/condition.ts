import type { ABOUT, OPERATORS } from "../../words/segments.ts";

export type About = keyof typeof ABOUT;
/** One line of the form. */
export type Line = {
  readonly about: About;
  readonly operator: keyof typeof OPERATORS;
  readonly value: string;
  readonly days: string;
};

export const NEW_LINE: Line = { about: "orders", operator: "$gte", value: "2", days: "90" };
/** Lines that count within some days. */
export const COUNTED: Partial<Record<About, string>> = {
  bought: "bought",
  viewed: "product_viewed",
  added: "product_added",
};
/** Lines whose value is a text. */
export const TEXTS: readonly About[] = ["valueGroup", "segment", "type"];

const FIELDS: Partial<Record<About, string>> = {
  orders: "signals.orders",
  daysSinceOrder: "signals.daysSinceOrder",
  churn: "value.churn",
  valueGroup: "value.valueGroup",
  type: "signals.topType",
};

function partOf({ about, operator, value, days }: Line): object {
  const number = Number(value);
  const event = COUNTED[about];
  if (event) return { $count: { event, days: Number(days) || 90, is: { [operator]: number } } };
  if (about === "segment") return { $segment: value };
  if (about === "spend")
    return { $sum: { event: "ordered", of: "value", days: 3650, is: { [operator]: number } } };
  const field = FIELDS[about]!;
  return { [field]: TEXTS.includes(about) ? value : { [operator]: number } };
}

/**
 * The condition that some lines of the form say.
 * @example conditionOf([{ about: "orders", operator: "$gte", value: "2", days: "90" }]) // { "signals.orders": { $gte: 2 } }
 */
export function conditionOf(lines: readonly Line[]): object {
  const parts = lines.map(partOf);
  return parts.length === 1 ? parts[0]! : { $and: parts };
}
