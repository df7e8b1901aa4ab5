import * as v from "valibot";
import { VALUE_TERMS, type ValueTerms } from "../value/value-model.ts";

const amount = v.pipe(v.number(), v.minValue(0), v.maxValue(1e9));

/** How customers are valued. Every default is a common one; none changes what is stored. */
export const ValueConfig = v.strictObject({
  /** How far ahead orders are predicted and valued, in days. */
  horizonDays: v.optional(
    v.pipe(v.number(), v.integer(), v.minValue(7), v.maxValue(1825)),
    VALUE_TERMS.horizonDays,
  ),
  /** What a year's wait costs, as a share. */
  discountPerYear: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), VALUE_TERMS.discountPerYear),
  /** What winning one new customer costs, in the shop's currency: overall, and by where they come from. */
  acquisitionCost: v.optional(amount),
  acquisitionCosts: v.optional(
    v.pipe(
      v.record(v.pipe(v.string(), v.maxLength(64)), amount),
      v.check((costs) => Object.keys(costs).length <= 50, "at most 50 sources"),
    ),
    {},
  ),
});
export type ValueConfig = v.InferOutput<typeof ValueConfig>;

export const termsOf = ({ horizonDays, discountPerYear }: ValueConfig): ValueTerms => ({
  horizonDays,
  discountPerYear,
});
