import { aggregate } from "../../../src/core/value/model/cells.ts";
import { run } from "../../../src/core/value/model/fit.ts";
import { fitOrders } from "../../../src/core/value/model/fit-orders.ts";
import { expectedOrders, pAlive } from "../../../src/core/value/model/predict.ts";
import { splitCustomers } from "./cdnow.ts";
import { MODELS } from "./fit.ts";
import { areaUnderCurve, rounded } from "./measure.ts";

const WEEKS = 39;

const meanOf = (figures: readonly number[]): number =>
  figures.reduce((sum, figure) => sum + figure, 0) / figures.length;

/** How well the models foretell CDNOW's last 39 weeks from the 39 before. */
export function holdoutFigures(): Record<string, unknown> {
  const customers = splitCustomers();
  if (!customers) return {};
  const actual = customers.map(({ ordersAfter }) => ordersAfter);
  const bought = actual.map((orders) => orders > 0);
  const total = actual.reduce((sum, orders) => sum + orders, 0);
  const cells = aggregate(customers.map(({ summary }) => summary));
  const figures: Record<string, unknown> = { customers: customers.length, actual: total };
  for (const model of MODELS) {
    const outcome = run(fitOrders(model, cells));
    if (!outcome.fitted) throw new Error(outcome.reason);
    const { params } = outcome.fit;
    const expected = customers.map(({ summary }) => expectedOrders(params, summary, WEEKS));
    const foretold = expected.reduce((sum, orders) => sum + orders, 0);
    const errors = expected.map((orders, i) => orders - actual[i]!);
    figures[model] = {
      foretold: rounded(foretold, 1),
      aggregateErrorPercent: rounded(100 * (foretold / total - 1), 3),
      mae: rounded(meanOf(errors.map(Math.abs)), 5),
      rmse: rounded(Math.sqrt(meanOf(errors.map((error) => error * error))), 5),
      aucExpected: rounded(areaUnderCurve(expected, bought), 4),
      aucAlive: rounded(
        areaUnderCurve(
          customers.map(({ summary }) => pAlive(params, summary)),
          bought,
        ),
        4,
      ),
    };
    console.log(`${model} by orders before (customers, foretold, actual):`);
    for (let x = 0; x <= 7; x++) {
      const those = customers.flatMap(({ summary }, i) => (Math.min(7, summary.x) === x ? [i] : []));
      const [one, other] = [meanOf(those.map((i) => expected[i]!)), meanOf(those.map((i) => actual[i]!))];
      console.log(`  ${x}${x === 7 ? "+" : " "} ${those.length} ${one.toFixed(3)} ${other.toFixed(3)}`);
    }
  }
  return figures;
}
