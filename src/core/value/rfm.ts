import { DAY_MS, type EpochMs } from "../primitives/time.ts";
import type { Purchases } from "./purchases.ts";
import { classOf, cutsOf, edgeCutsOf } from "./rfm-cuts.ts";
import { groupOf, type GroupFigures, type ValueGroup } from "./value-group.ts";
import type { Cuts, RfmCuts } from "./value-model.ts";

/** What RFM is about, in a customer's own figures. */
export type RfmFigures = GroupFigures & {
  /** What the customer brought so far, net. */
  readonly valueMinor: number;
};

/** @example with a last order ten days ago: { recencyDays: 10, orders: 3, valueMinor: 12000, meanMinor: 4000 } */
export function rfmFigures(purchases: Purchases, now: EpochMs): RfmFigures {
  const orders = purchases.repeats + 1;
  const valueMinor = purchases.firstMinor + purchases.repeatMinor;
  return {
    recencyDays: Math.max(0, Math.floor(now / DAY_MS) - purchases.lastDay),
    orders,
    valueMinor,
    meanMinor: valueMinor / orders,
  };
}

/** A class on a scale that always ends at `best`, however many classes the cuts leave. */
const scaled = (value: number, cuts: Cuts, best: number): number =>
  cuts.length === 0 ? best : Math.round(1 + ((classOf(value, cuts) - 1) * (best - 1)) / cuts.length);

export type Rfm = {
  /** 1 to 5, 5 best: recent, often, much. */
  readonly recency: number;
  readonly frequency: number;
  readonly monetary: number;
  /** The three together. @example "543" */
  readonly cell: string;
  readonly group: ValueGroup;
};

/**
 * Scores a customer by published cut points: equal customers are scored alike whenever they are. The purchases have to be in
 * the currency of the cut points.
 */
export function rfmOf(purchases: Purchases, cuts: RfmCuts, now: EpochMs): Rfm {
  const figures = rfmFigures(purchases, now);
  const recency = 6 - scaled(figures.recencyDays, cuts.quintiles.recencyDays, 5);
  const frequency = scaled(figures.orders, cuts.quintiles.orders, 5);
  const monetary = scaled(figures.valueMinor, cuts.quintiles.valueMinor, 5);
  return {
    recency,
    frequency,
    monetary,
    cell: `${recency}${frequency}${monetary}`,
    group: groupOf(figures, cuts.quartiles),
  };
}

/** Figures of all customers, each column ascending; those of money may leave out customers of other currencies. */
export type RfmColumns = Readonly<Record<keyof RfmFigures, Float64Array>>;

/** Cut points of a shop's customers now. */
export function rfmCuts({ recencyDays, orders, valueMinor, meanMinor }: RfmColumns): RfmCuts {
  return {
    quintiles: {
      recencyDays: cutsOf(recencyDays, 5),
      orders: cutsOf(orders, 5),
      valueMinor: cutsOf(valueMinor, 5),
    },
    quartiles: {
      recencyDays: edgeCutsOf(recencyDays, 4),
      orders: edgeCutsOf(orders, 4),
      valueMinor: edgeCutsOf(meanMinor, 4),
    },
  };
}
