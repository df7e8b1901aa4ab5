import * as v from "valibot";
import { Moment } from "../event/event.ts";
import { Name } from "../primitives/ids.ts";
import { Condition } from "../segment/condition.ts";

const Share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** What an experiment can be judged by. How each is measured is told in `core/experiment/metrics.ts`. */
export const METRICS = [
  "revenue",
  "margin",
  "conversion",
  "orders",
  "units",
  "order_value",
  "units_per_order",
  "in_store_revenue",
  "clicks",
  "click_rate",
  "opt_out_rate",
  "refunds",
] as const;
export const Metric = v.picklist(METRICS);
export type Metric = v.InferOutput<typeof Metric>;

export const Goal = v.strictObject({
  metric: Metric,
  /** Not what is to be won, but what must not be lost on the way. */
  guardrail: v.optional(v.boolean(), false),
});
export type Goal = v.InferOutput<typeof Goal>;

/** How long an experiment is meant to run: a declared end buys most of a fixed test's power at every look before it. */
export const Plan = v.strictObject({
  /** Visitors in all variations together at which it ends. `POST /v1/experiments/plan` says how many are needed. */
  visitors: v.pipe(v.number(), v.integer(), v.minValue(100), v.maxValue(1e9)),
  /** Looks at most, evenly apart. */
  looks: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50)), 20),
  /** `obrien_fleming` keeps nearly all power for the end; `pocock` stops large effects sooner. */
  spending: v.optional(v.picklist(["obrien_fleming", "pocock"]), "obrien_fleming"),
});
export type Plan = v.InferOutput<typeof Plan>;

/** Visitors go where it goes best, from each result on. Someone already in a variation stays in it. */
export const Bandit = v.strictObject({
  goal: v.optional(v.picklist(["conversion", "click_rate", "revenue", "margin"]), "conversion"),
  /** `thompson` earns while it learns; `top_two` finds the best variation sooner. */
  policy: v.optional(v.picklist(["thompson", "top_two"]), "thompson"),
  /** No variation gets less than this; it shrinks as more is known. */
  floor: v.optional(v.pipe(v.number(), v.minValue(0.001), v.maxValue(0.2)), 0.01),
  /** Kinds of visitors that are learned about on their own; the first that matches. */
  contexts: v.optional(v.pipe(v.array(v.strictObject({ id: Name, when: Condition })), v.maxLength(8)), []),
});
export type Bandit = v.InferOutput<typeof Bandit>;

const Permission = v.optional(v.picklist(["never", "propose", "auto"]), "propose");

/** What may happen without a marketer: nothing, a proposal, or the act itself. Each is in the audit log. */
export const Policy = v.strictObject({
  /** Stop a variation that loses. */
  stop: Permission,
  /** Give everybody the variation that wins. */
  promote: Permission,
  /** Not before so many days, and so many visitors a variation. */
  daysMin: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(365)), 7),
  visitorsMin: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e9)), 500),
});
export type Policy = v.InferOutput<typeof Policy>;

/** Fields of an experiment that say when it runs, for whom besides `when`, and how it is judged. */
export const experimentEntries = {
  /** A flag that the variations' values answer: see `docs/guide/flags.md`. */
  flag: v.optional(Name),
  from: v.optional(Moment),
  until: v.optional(Moment),
  /** Of a stopped experiment: the variation that everybody gets from now on. Nobody is counted for it. */
  winner: v.optional(Name),
  /** From each moment on, the share of those who match that takes part; raising it moves nobody. */
  ramp: v.optional(
    v.pipe(v.array(v.strictObject({ at: Moment, coverage: Share })), v.minLength(1), v.maxLength(20)),
  ),
  /** Experiments with stretches of one namespace that do not overlap never share a visitor. */
  namespace: v.optional(
    v.pipe(
      v.strictObject({ name: Name, from: Share, to: Share }),
      v.check(({ from, to }) => from < to, "a stretch whose `from` is below its `to`"),
    ),
  ),
  /** Only visitors who are in one of these variations of experiments that stand before this one. */
  requires: v.optional(
    v.pipe(
      v.array(
        v.strictObject({
          experiment: Name,
          variations: v.pipe(v.array(Name), v.minLength(1), v.maxLength(20)),
        }),
      ),
      v.maxLength(8),
    ),
  ),
  /** Raise it when shares change while it runs: everybody is drawn anew and counted from nothing. */
  version: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)), 1),
  goals: v.optional(
    v.pipe(
      v.array(Goal),
      v.minLength(1),
      v.maxLength(12),
      v.check((goals) => goals.some(({ guardrail }) => !guardrail), "a goal that is no guardrail"),
      v.check(
        (goals) => new Set(goals.map(({ metric }) => metric)).size === goals.length,
        "each metric once",
      ),
    ),
  ),
  /** No visitor counts with more than this, in minor units: a single giant order decides nothing. */
  cap: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1e12))),
  plan: v.optional(Plan),
  bandit: v.optional(Bandit),
  policy: v.optional(Policy),
};
