import type { Metric } from "../config/experiment-config.ts";
import type { Measure } from "./measures.ts";

/** How a metric is made of what is summed over visitors. */
export type MetricDefinition = {
  /** A mean per visitor, a share of visitors, or a ratio of two sums (as revenue per order). */
  readonly kind: "mean" | "share" | "ratio";
  /** What is summed; of a share the visitors who did it. */
  readonly of: Measure | "buyers" | "clickers";
  /** Visitors of whom the figure is made, where it is not 0: few of them make a mean skewed. */
  readonly by: "buyers" | "clickers" | "refunders" | "storeBuyers" | "optOuts";
  /** What a ratio divides by. */
  readonly per?: Measure;
  /** Whether what a customer spent before may be taken out of it. */
  readonly explainedByBefore?: boolean;
  readonly better: "more" | "less";
  readonly unit: "money" | "count" | "share";
  /** How a sentence calls it: after "a visitor" (spends), of shares after "visitors who" (buy). */
  readonly verb: string;
};

/** Every metric that an experiment can be judged by. */
export const METRIC: { readonly [metric in Metric]: MetricDefinition } = {
  revenue: {
    kind: "mean",
    of: "revenue",
    by: "buyers",
    explainedByBefore: true,
    better: "more",
    unit: "money",
    verb: "spends",
  },
  margin: {
    kind: "mean",
    of: "margin",
    by: "buyers",
    explainedByBefore: true,
    better: "more",
    unit: "money",
    verb: "earns you",
  },
  conversion: {
    kind: "share",
    of: "buyers",
    by: "buyers",
    explainedByBefore: true,
    better: "more",
    unit: "share",
    verb: "buy",
  },
  orders: { kind: "mean", of: "orders", by: "buyers", better: "more", unit: "count", verb: "orders" },
  units: { kind: "mean", of: "units", by: "buyers", better: "more", unit: "count", verb: "buys pieces:" },
  order_value: {
    kind: "ratio",
    of: "revenue",
    by: "buyers",
    per: "orders",
    better: "more",
    unit: "money",
    verb: "spends an order",
  },
  units_per_order: {
    kind: "ratio",
    of: "units",
    by: "buyers",
    per: "orders",
    better: "more",
    unit: "count",
    verb: "buys pieces an order:",
  },
  in_store_revenue: {
    kind: "mean",
    of: "inStore",
    by: "storeBuyers",
    better: "more",
    unit: "money",
    verb: "spends in stores",
  },
  clicks: { kind: "mean", of: "clicks", by: "clickers", better: "more", unit: "count", verb: "clicks" },
  click_rate: {
    kind: "share",
    of: "clickers",
    by: "clickers",
    better: "more",
    unit: "share",
    verb: "click",
  },
  opt_out_rate: {
    kind: "share",
    of: "optOuts",
    by: "optOuts",
    better: "less",
    unit: "share",
    verb: "opt out",
  },
  refunds: {
    kind: "mean",
    of: "refunded",
    by: "refunders",
    better: "less",
    unit: "money",
    verb: "is paid back",
  },
};

/** What is looked at where an experiment names no goals: the first decides, guardrails must not be lost on the way. */
export const GOALS_DEFAULT = [
  { metric: "revenue", guardrail: false },
  { metric: "conversion", guardrail: false },
  { metric: "order_value", guardrail: false },
  { metric: "opt_out_rate", guardrail: true },
  { metric: "refunds", guardrail: true },
] as const satisfies readonly { metric: Metric; guardrail: boolean }[];
