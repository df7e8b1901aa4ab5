import { seededRng } from "../../../src/core/primitives/rng.ts";
import { aggregate } from "../../../src/core/value/model/cells.ts";
import { run } from "../../../src/core/value/model/fit.ts";
import { fitOrders, type OrderStart } from "../../../src/core/value/model/fit-orders.ts";
import type { OrderParams } from "../../../src/core/value/value-model.ts";
import { splitCustomers } from "./cdnow.ts";
import { MODELS } from "./fit.ts";

const STARTS = 100;

const numbersOf = (params: OrderParams): number[] =>
  Object.values(params).filter((value): value is number => typeof value === "number");

/** From how many of 100 random starts (each parameter between 1/20 and 20) CDNOW's fit comes to the same parameters. */
export function startFigures(): Record<string, unknown> {
  const customers = splitCustomers();
  if (!customers) return {};
  const cells = aggregate(customers.map(({ summary }) => summary));
  const figures: Record<string, unknown> = {};
  for (const model of MODELS) {
    const rng = seededRng(`starts of ${model}`);
    const start = () => 20 ** (2 * rng() - 1);
    const usual = run(fitOrders(model, cells));
    if (!usual.fitted) throw new Error(usual.reason);
    let [arrived, worst] = [0, 0];
    for (let i = 0; i < STARTS; i++) {
      const from: OrderStart = [start(), start(), start(), start()];
      const found = run(fitOrders(model, cells, from));
      if (!found.fitted || !found.fit.converged) continue;
      const reference = numbersOf(usual.fit.params);
      const away = numbersOf(found.fit.params).map((value, k) => Math.abs(value / reference[k]! - 1));
      worst = Math.max(worst, ...away);
      if (Math.max(...away) <= 1e-4) arrived++;
    }
    figures[`${model}Arrived`] = `${arrived}/${STARTS}`;
    figures[`${model}FarthestApart`] = Number(worst.toExponential(1));
  }
  return figures;
}
