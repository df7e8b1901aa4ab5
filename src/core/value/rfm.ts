import { DAY_MS, type EpochMs } from "../primitives/time.ts";
import type { Purchases } from "./purchases.ts";
import type { Cuts, RfmCuts } from "./value-model.ts";

/** What RFM is about, in a customer's own figures. */
export type RfmFigures = {
  readonly recencyDays: number;
  readonly orders: number;
  readonly valueMinor: number;
};

/** @example with a last order ten days ago: { recencyDays: 10, orders: 3, valueMinor: 12000 } */
export function rfmFigures(purchases: Purchases, now: EpochMs): RfmFigures {
  return {
    recencyDays: Math.max(0, Math.floor(now / DAY_MS) - purchases.lastDay),
    orders: purchases.repeats + 1,
    valueMinor: purchases.firstMinor + purchases.repeatMinor,
  };
}

/**
 * Points that cut values into so many classes of about equal size. Values that are equal are of one class, whatever that
 * does to the sizes, so there may be fewer classes.
 * @param sorted ascending
 * @example cutsOf([1, 2, 3, 4], 2) // [3]: below 3 the lower class
 */
export function cutsOf(sorted: ArrayLike<number>, classes: number): Cuts {
  const cuts: number[] = [];
  for (let i = 1; i < classes; i++) {
    const cut = sorted[Math.ceil((i * sorted.length) / classes)];
    if (cut !== undefined && cut > (cuts.at(-1) ?? sorted[0]!)) cuts.push(cut);
  }
  return cuts;
}

/** Class of a value: 1 below the first cut; one more for each cut it has reached. @example classOf(3, [3]) // 2 */
export const classOf = (value: number, cuts: Cuts): number =>
  cuts.reduce((found, cut) => found + (value >= cut ? 1 : 0), 1);

/** A class on a scale that always ends at `best`, however many classes the cuts leave. */
const scaled = (value: number, cuts: Cuts, best: number): number =>
  cuts.length === 0 ? best : Math.round(1 + ((classOf(value, cuts) - 1) * (best - 1)) / cuts.length);

/** Groups of the quartile convention (pymc-marketing, `rfm_segments`). */
export type ValueGroup = "premium" | "repeat" | "top_spender" | "at_risk" | "inactive" | "other";

export type Rfm = {
  /** 1 to 5, 5 best: recent, often, much. */
  readonly recency: number;
  readonly frequency: number;
  readonly monetary: number;
  /** The three together. @example "543" */
  readonly cell: string;
  readonly group: ValueGroup;
};

/** Scores a customer by published cut points: equal customers are scored alike whenever they are. */
export function rfmOf(purchases: Purchases, cuts: RfmCuts, now: EpochMs): Rfm {
  const { recencyDays, orders, valueMinor } = rfmFigures(purchases, now);
  const recency = 6 - scaled(recencyDays, cuts.quintiles.recencyDays, 5);
  const frequency = scaled(orders, cuts.quintiles.orders, 5);
  const monetary = scaled(valueMinor, cuts.quintiles.valueMinor, 5);
  const { quartiles } = cuts;
  const quarters = [
    quartiles.recencyDays.length + 2 - classOf(recencyDays, quartiles.recencyDays),
    classOf(orders, quartiles.orders),
    classOf(valueMinor, quartiles.valueMinor),
  ];
  const group = GROUP_OF.get(quarters.join("")) ?? "other";
  return { recency, frequency, monetary, cell: `${recency}${frequency}${monetary}`, group };
}

/** Groups by the quartiles of recency, frequency and monetary value: the defaults of pymc-marketing's `rfm_segments` (0.16). */
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

/** Cut points of a shop's customers now. Columns hold one customer each; they are sorted in place. */
export function rfmCuts(columns: {
  readonly recencyDays: Float64Array;
  readonly orders: Float64Array;
  readonly valueMinor: Float64Array;
}): RfmCuts {
  const [recencyDays, orders, valueMinor] = [
    columns.recencyDays.sort(),
    columns.orders.sort(),
    columns.valueMinor.sort(),
  ];
  const into = (classes: number) => ({
    recencyDays: cutsOf(recencyDays, classes),
    orders: cutsOf(orders, classes),
    valueMinor: cutsOf(valueMinor, classes),
  });
  return { quintiles: into(5), quartiles: into(4) };
}
