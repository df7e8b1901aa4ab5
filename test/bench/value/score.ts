import { seededRng } from "../../../src/core/primitives/rng.ts";
import { orderQuantiles } from "../../../src/core/value/model/order-counts.ts";
import { forecastOf } from "../../../src/core/value/model/predict.ts";
import { expectedValue } from "../../../src/core/value/model/spend.ts";
import type { OrderParams } from "../../../src/core/value/value-model.ts";
import { faultOf } from "./fuzz.ts";
import { rounded, timed } from "./measure.ts";
import { syntheticCustomers, TRUTH } from "./synthetic.ts";

const CUSTOMERS = 20_000;
const STATES = 1_000_000;

const PARAMS: readonly OrderParams[] = [
  TRUTH,
  { model: "bg_nbd", r: 0.23, alpha: 31, a: 0.69, b: 2.6 },
  { model: "mbg_nbd", r: 0.52, alpha: 43, a: 0.89, b: 1.6 },
];
const SPEND = { p: 6.25, q: 3.74, v: 1_544 };

/** Microseconds of all of a customer's scores over a year at 10 %, of an interval of their orders, and what fuzzing finds. */
export function scoreFigures(): Record<string, unknown> {
  const figures: Record<string, unknown> = {};
  const people = syntheticCustomers(CUSTOMERS, seededRng("scored"));
  const rate = 1.1 ** (1 / 365) - 1;
  for (const params of PARAMS) {
    const scores = () =>
      people.reduce((sum, person) => {
        const forecast = forecastOf(params, person, 365, rate);
        return sum + forecast.discountedOrders * (expectedValue(SPEND, person.x, 3_000) ?? 0);
      }, 0);
    const intervals = () =>
      people.reduce((sum, person) => sum + orderQuantiles(params, person, 365, [0.1, 0.9])[1]!, 0);
    scores();
    figures[`${params.model}ScoreMicroseconds`] = rounded((timed(scores).ms * 1_000) / CUSTOMERS, 1);
    intervals();
    figures[`${params.model}IntervalMicroseconds`] = rounded((timed(intervals).ms * 1_000) / CUSTOMERS, 1);
  }
  const rng = seededRng("fuzz");
  let faults = 0;
  for (let i = 0; i < STATES; i++) {
    const fault = faultOf(rng);
    if (fault === undefined) continue;
    if (faults++ < 5) console.log(fault);
  }
  return { ...figures, fuzzedStates: STATES, faults };
}
