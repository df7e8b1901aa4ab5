import type { OrderParams } from "../value-model.ts";
import { emptyLeaving, END_LOG_ALPHA, END_LOG_BETA, leavingIntegral, LOG } from "./leaving-integral.ts";
import type { PurchaseSummary } from "./summary.ts";

/** What comes after a moment at which a customer is a customer: a model that starts anew, with what was learned of them. */
export type Process =
  | {
      readonly model: "pareto_nbd";
      readonly r: number;
      readonly alpha: number;
      readonly s: number;
      readonly beta: number;
    }
  | {
      readonly model: "bg_nbd";
      readonly r: number;
      readonly alpha: number;
      readonly a: number;
      readonly b: number;
    };

/** A customer as seen now: still one with probability `alive`, and then going on as `rest` says. */
export type Standing = { readonly alive: number; readonly rest: Process };

/** Of a customer whose first order is just being made. */
export const NEW_CUSTOMER: PurchaseSummary = { x: 0, tx: 0, T: 0 };

/**
 * What a model holds of a customer after what was seen. A customer who is alive at `T` is one of the same model with
 * updated parameters: rates and chances are gamma and beta distributed, before and after. A last order later than now (a
 * clock that ran ahead) counts as made now.
 * @example standingOf({ model: "bg_nbd", r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }, { x: 2, tx: 30.43, T: 38.86 }).alive // 0.72658
 */
export function standingOf(params: OrderParams, summary: PurchaseSummary): Standing {
  const { x, tx } = summary;
  const age = Math.max(summary.T, tx);
  const shape = params.r + x;
  const wait = params.alpha + age;
  if (params.model === "pareto_nbd") {
    const { alpha, s, beta } = params;
    const rest = { model: "pareto_nbd", r: shape, alpha: wait, s, beta: beta + age } as const;
    const leaving = emptyLeaving();
    leavingIntegral(shape, s + 1, alpha, beta, tx, age, leaving);
    const logStayed = -shape * leaving[END_LOG_ALPHA]! - s * leaving[END_LOG_BETA]!;
    return { alive: 1 / (1 + s * Math.exp(leaving[LOG]! - logStayed)), rest };
  }
  const chances = x + (params.model === "mbg_nbd" ? 1 : 0);
  const { a, b } = params;
  const rest = { model: "bg_nbd", r: shape, alpha: wait, a, b: b + chances } as const;
  if (chances === 0) return { alive: 1, rest };
  const lift = Math.exp(shape * Math.log1p((age - tx) / (params.alpha + tx)));
  return { alive: 1 / (1 + (a / (b + chances - 1)) * lift), rest };
}
