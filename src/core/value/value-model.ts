import type { EpochMs } from "../primitives/time.ts";

/** Cut points that part customers into classes: class = 1 + number of cuts the value has reached. Ascending. */
export type Cuts = readonly number[];

/**
 * RFM cut points of one fit. Quintiles (four cuts, scores 1 to 5, 5 best), of money all that was brought; and quartiles (three
 * cuts, 1 to 4), of money an order day's mean value, as the groups' convention has it. Of money in the model's currency.
 */
export type RfmCuts = {
  readonly quintiles: { readonly recencyDays: Cuts; readonly orders: Cuts; readonly valueMinor: Cuts };
  readonly quartiles: { readonly recencyDays: Cuts; readonly orders: Cuts; readonly valueMinor: Cuts };
};

/** Parameters of the purchase process, in days, by the model's name. */
export type OrderParams =
  | {
      readonly model: "pareto_nbd";
      readonly r: number;
      readonly alpha: number;
      readonly s: number;
      readonly beta: number;
    }
  | {
      readonly model: "bg_nbd" | "mbg_nbd";
      readonly r: number;
      readonly alpha: number;
      readonly a: number;
      readonly b: number;
    };

/**
 * What was fitted from a shop's customers, by which each is scored when somebody asks. Replaced as a whole; the version
 * goes with every score.
 */
export type ValueModel = {
  readonly version: number;
  readonly fittedAt: EpochMs;
  /** Customers it was fitted from, and how many of them came back. */
  readonly customers: number;
  readonly repeaters: number;
  readonly currency: string;
  readonly orders: OrderParams;
  /** Covariance of the logarithms of the parameters, in the order in which they stand above; row by row. */
  readonly covariance: readonly number[];
  /** Gamma-Gamma over the value of a repeat day, in minor units. Absent: too few repeat days; the mean stands. */
  readonly spend?: { readonly p: number; readonly q: number; readonly v: number } | undefined;
  /**
   * Correlation of how often customers came back with what a repeat day brought, in [-1, 1]: the value of an order is
   * foretold as if it were 0. Absent where too few came back. @example on CDNOW .114
   */
  readonly spendCorrelation?: number | undefined;
  readonly meanValueMinor: number;
  /** What the shop keeps of a unit of revenue, where costs are known; 1 where they are not. */
  readonly marginShare: number;
  readonly rfm: RfmCuts;
};

/** How values are told: chosen by the site's config. */
export type ValueTerms = {
  /** How far ahead, in days. */
  readonly horizonDays: number;
  /** What a year's wait costs, as a share. @example 0.1 */
  readonly discountPerYear: number;
};
export const VALUE_TERMS: ValueTerms = { horizonDays: 365, discountPerYear: 0.1 };
