import { seededRng } from "../../../src/core/primitives/rng.ts";
import { fitRhythm } from "../../../src/core/value/fit-value.ts";
import { aggregate } from "../../../src/core/value/model/cells.ts";
import { run } from "../../../src/core/value/model/fit.ts";
import { expectedOrders } from "../../../src/core/value/model/predict.ts";
import type { PurchaseSummary } from "../../../src/core/value/model/summary.ts";
import { drawnShop, TRUTH, type Drawn } from "../../core/value/drawn-shop.ts";
import { rounded } from "../value/measure.ts";

const SHOPS = 60;
const TODAY = 20_000;
const HORIZON = 365;

const summaryOf = ({ before }: Drawn): PurchaseSummary => ({
  x: before.repeats,
  tx: before.lastDay - before.firstDay,
  T: TODAY - before.firstDay,
});

const options = { today: TODAY, daysAfter: 0 };

/** How far off the year's orders of 1,000 other customers are, for shops that were fitted from ever more customers. */
export function leastFigures(): Record<string, unknown> {
  const judged = [...drawnShop(1_000, seededRng("judged"), options)].map(summaryOf);
  const total = (params: Parameters<typeof expectedOrders>[0]) =>
    judged.reduce((sum, summary) => sum + expectedOrders(params, summary, HORIZON), 0);
  const truth = total(TRUTH);
  const figures: Record<string, unknown> = {};
  for (const customers of [50, 100, 200, 400, 800, 1_600]) {
    const rng = seededRng(`least ${customers}`);
    const errors: number[] = [];
    const repeaters: number[] = [];
    let failed = 0;
    for (let shop = 0; shop < SHOPS; shop++) {
      const people = [...drawnShop(customers, rng, options)].map(summaryOf);
      repeaters.push(people.filter(({ x }) => x > 0).length);
      const outcome = run(fitRhythm(aggregate(people)));
      if (outcome.fitted) errors.push(Math.abs(total(outcome.fit.params) / truth - 1));
      else failed++;
    }
    errors.sort((a, b) => a - b);
    figures[customers] = {
      meanRepeaters: rounded(repeaters.reduce((sum, one) => sum + one, 0) / SHOPS, 0),
      medianErrorPercent: rounded(100 * errors[Math.floor(errors.length / 2)]!, 1),
      tenthWorstErrorPercent: rounded(100 * errors[Math.floor(errors.length * 0.9)]!, 1),
      failed,
    };
    console.log(customers, figures[customers]);
  }
  return figures;
}
