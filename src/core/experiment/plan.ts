import * as v from "valibot";
import { Metric } from "../config/experiment-config.ts";
import { Name } from "../primitives/ids.ts";
import { usersAnytime, usersAtOneLook, usersPlanned } from "../stats/power.ts";
import { armOf } from "./estimate.ts";
import type { MomentSums } from "./measures.ts";
import { METRIC } from "./metrics.ts";
import { ALPHA } from "./report.ts";
import { usersOf } from "./tally.ts";
import { figureText, spanText } from "./words.ts";

/** What a marketer wants to find out. */
export const PlanRequest = v.strictObject({
  metric: v.optional(Metric, "conversion"),
  /** Smallest lift worth finding, as a share of the present figure: 0.1 is ten per cent. */
  lift: v.optional(v.pipe(v.number(), v.minValue(0.001), v.maxValue(10)), 0.1),
  power: v.optional(v.pipe(v.number(), v.minValue(0.5), v.maxValue(0.99)), 0.8),
  variations: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(20)), 2),
  looks: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50)), 20),
  /** Whose visitors it is like: an experiment or holdout of the config. Absent: the site as a whole. */
  like: v.optional(v.union([Name, v.pipe(v.string(), v.regex(/^(slot|rule):[a-z0-9_-]+$/))])),
  /** Share of the visitors who shall take part. */
  coverage: v.optional(v.pipe(v.number(), v.minValue(0.001), v.maxValue(1)), 1),
});
export type PlanRequest = v.InferOutput<typeof PlanRequest>;

/** So many visitors, so many days; `null` where the shop's traffic is not known yet. */
export type Needed = { readonly visitors: number; readonly days: number | null };

export type PlanAnswer = {
  /** What the metric is now, and of how many visitors that is known. */
  readonly baseline: { readonly value: number; readonly users: number; readonly perDay: number | null };
  readonly oneLook: Needed;
  /** With a declared end and looks on the way: put `plan` into the experiment. */
  readonly planned: Needed;
  readonly anytime: Needed;
  readonly plan: { readonly visitors: number; readonly looks: number };
  readonly sentence: string;
};

/** Visitors from which a baseline may be trusted. */
const USERS_MIN = 100;

/**
 * How many visitors and days an experiment needs, from the shop's own figures. `undefined` while too few visitors are
 * known, or nobody has done what is measured.
 * @param perDay visitors a day who would take part at full coverage
 */
export function planExperiment(
  asked: PlanRequest,
  sums: MomentSums,
  perDay: number | null,
  currency?: string,
): PlanAnswer | undefined {
  const metric = METRIC[asked.metric];
  const users = usersOf(sums);
  const figure = armOf(metric, sums);
  if (users < USERS_MIN || !figure?.value || !(figure.variance > 0)) return undefined;
  const { value, variance } = figure;
  const alpha = ALPHA / (asked.variations - 1);
  const aim = {
    variance: variance * users,
    difference: Math.abs(value) * asked.lift,
    alpha,
    power: asked.power,
  };
  const needed = (each: number): Needed => {
    const visitors = each * asked.variations;
    return { visitors, days: perDay ? visitors / (perDay * asked.coverage) : null };
  };
  const planned = needed(usersPlanned(aim, asked.looks, "obrien_fleming"));
  const time = planned.days === null ? "" : `, which is ${spanText(planned.days)} of your traffic`;
  return {
    baseline: { value, users, perDay },
    oneLook: needed(usersAtOneLook(aim)),
    planned,
    anytime: needed(usersAnytime(aim)),
    plan: { visitors: planned.visitors, looks: asked.looks },
    sentence: `To find a lift of ${Number((asked.lift * 100).toPrecision(3))} % on ${asked.metric} (now ${figureText(value, metric, currency)}) with a chance of ${Math.round(asked.power * 100)} %, it takes at most ${planned.visitors} visitors in all${time}.`,
  };
}
