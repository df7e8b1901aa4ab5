/**
 * Cold start: a tenth of the items is made unknown to the model. What do likeness and stand-ins find for them, and do
 * they come up for others? `node test/bench/cold.ts`; the last line is JSON. `--valid` measures on the validation cut of
 * the training part: tune there. `--folds 3` hides so many different tenths; `--speed` measures a catalog of 100,000.
 */
import { parseArgs } from "node:util";
import { itemsOfRetail } from "./cold/retail-items.ts";
import { journey } from "./cold/journey.ts";
import { measureAlternatives } from "./cold/alternatives.ts";
import { measure } from "./cold/measure.ts";
import { shopOf } from "./cold/shop.ts";
import { speed } from "./cold/speed.ts";
import { basketsOfRetail } from "./shop-data.ts";

const USAGE = "Usage: node test/bench/cold.ts [--valid] [--folds 1-10] [--speed]";

function stop(message: string): never {
  console.error(`${message}\n${USAGE}`);
  process.exit(2);
}

function options() {
  try {
    const { values } = parseArgs({
      options: {
        valid: { type: "boolean", default: false },
        speed: { type: "boolean", default: false },
        folds: { type: "string", default: "2" },
      },
    });
    const folds = Number(values.folds);
    if (!Number.isInteger(folds) || folds < 1 || folds > 10)
      return stop(`--folds is ${values.folds}; it takes a whole number from 1 to 10.`);
    return { ...values, folds };
  } catch (problem) {
    return stop(problem instanceof Error ? problem.message : String(problem));
  }
}

const { valid, folds, speed: isSpeed } = options();
const MIN_CUSTOMERS = [1, 5];

const report: Record<string, unknown> = { part: valid ? "validation" : "test", folds };
const numbers = Array.from({ length: folds }, (_, fold) => fold);

function show(name: string, figures: (minCustomers: number) => Record<string, number>): void {
  const byK = MIN_CUSTOMERS.map((k) => [`minCustomers${k}`, figures(k)] as const);
  console.log(name);
  for (const [k, all] of byK) console.table({ [k]: all });
  report[name] = Object.fromEntries(byK);
}

if (isSpeed) {
  const figures = speed();
  console.table(figures);
  report["speed"] = figures;
} else {
  const items = itemsOfRetail();
  const baskets = basketsOfRetail();
  if (items && baskets) {
    const shop = shopOf(items, baskets, 30, valid);
    show("uci-online-retail: what goes with it, by title and price", (k) => measure(shop, k, numbers));
  }
  const grocer = journey();
  if (grocer) {
    const shop = shopOf(grocer.items, grocer.baskets, 56, valid);
    show("completejourney: alternatives, by type, maker and price", (k) =>
      measureAlternatives(shop, k, numbers),
    );
  }
}
console.log(JSON.stringify(report));
