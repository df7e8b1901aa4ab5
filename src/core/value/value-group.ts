import { classOf } from "./rfm-cuts.ts";
import type { RfmCuts } from "./value-model.ts";

/** Groups of the quartile convention (pymc-marketing, `rfm_segments`). */
export type ValueGroup = "premium" | "repeat" | "top_spender" | "at_risk" | "inactive" | "other";

/** Quartiles of recency, frequency and monetary value, 4 best: the defaults of pymc-marketing's `rfm_segments` (0.16). */
const GROUPS: Readonly<Record<Exclude<ValueGroup, "other">, string>> = {
  premium: "334 443 444 344 434 433 343 333",
  repeat: "244 234 232 332 143 233 243 242",
  top_spender: "424 414 144 314 324 124 224 423 413 133 323 313 134",
  at_risk: "422 223 212 122 222 132 322 312 412 123 214",
  inactive: "411 111 113 114 112 211 311",
};

const GROUP_OF = new Map(
  Object.entries(GROUPS).flatMap(([group, cells]) =>
    cells.split(" ").map((cell) => [cell, group as ValueGroup] as const),
  ),
);

/** What the quartile convention goes by. */
export type GroupFigures = {
  readonly recencyDays: number;
  readonly orders: number;
  /** Value of an order day on average, the first one included. */
  readonly meanMinor: number;
};

/**
 * A customer's quartiles, 4 best, as a text. Where equal values leave fewer classes, they count from 1, as in
 * pymc-marketing: the best class is then below 4.
 * @example quartersOf({ recencyDays: 5, orders: 9, meanMinor: 9000 }, quartiles) // "444"
 */
export function quartersOf(
  { recencyDays, orders, meanMinor }: GroupFigures,
  quartiles: RfmCuts["quartiles"],
): string {
  const recency = quartiles.recencyDays.length + 2 - classOf(recencyDays, quartiles.recencyDays);
  return `${recency}${classOf(orders, quartiles.orders)}${classOf(meanMinor, quartiles.valueMinor)}`;
}

/** The group of a customer. @example groupOf({ recencyDays: 5, orders: 9, meanMinor: 9000 }, quartiles) // "premium" */
export const groupOf = (figures: GroupFigures, quartiles: RfmCuts["quartiles"]): ValueGroup =>
  GROUP_OF.get(quartersOf(figures, quartiles)) ?? "other";
