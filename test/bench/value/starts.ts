import { seededRng, type Rng } from "../../../src/core/primitives/rng.ts";
import { aggregate } from "../../../src/core/value/model/cells.ts";
import { run, type FitOutcome } from "../../../src/core/value/model/fit.ts";
import { fitOrders, startOf } from "../../../src/core/value/model/fit-orders.ts";
import { fitRenewals } from "../../../src/core/value/model/renewal.ts";
import { fitSpend } from "../../../src/core/value/model/spend.ts";
import { splitCustomers } from "./cdnow.ts";
import { MODELS } from "./fit.ts";

const STARTS = 100;

/** The high-end curve of Fader & Hardie 2007. */
const SURVIVORS = [1, 0.869, 0.743, 0.653, 0.593, 0.551, 0.517, 0.491];

/** Evenly in the logarithm, between 1/20 and 20. */
const anywhere = (rng: Rng): number => 20 ** (2 * rng() - 1);

function arrivals<Params>(
  name: string,
  usual: FitOutcome<Params>,
  valuesOf: (params: Params) => readonly number[],
  from: (next: () => number) => FitOutcome<Params>,
): Record<string, unknown> {
  if (!usual.fitted) throw new Error(usual.reason);
  const wanted = valuesOf(usual.fit.params);
  const rng = seededRng(`starts of ${name}`);
  let [arrived, worst] = [0, 0];
  for (let i = 0; i < STARTS; i++) {
    const found = from(() => anywhere(rng));
    if (!found.fitted || !found.fit.converged) continue;
    const away = valuesOf(found.fit.params).map((value, k) => Math.abs(value / wanted[k]! - 1));
    worst = Math.max(worst, ...away);
    if (Math.max(...away) <= 1e-4) arrived++;
  }
  return {
    [`${name}Arrived`]: `${arrived}/${STARTS}`,
    [`${name}FarthestApart`]: Number(worst.toExponential(1)),
  };
}

/** From how many of 100 random starts each model comes to the same parameters as from its usual one. */
export function startFigures(): Record<string, unknown> {
  const customers = splitCustomers();
  if (!customers) return {};
  const cells = aggregate(customers.map(({ summary }) => summary));
  const values = customers.map(({ summary, mean }) => ({ x: summary.x, mean, n: 1 }));
  const figures = MODELS.map((model) =>
    arrivals(model, run(fitOrders(model, cells)), startOf, (next) =>
      run(fitOrders(model, cells, [next(), next(), next(), next()])),
    ),
  );
  const spend = arrivals(
    "gammaGamma",
    run(fitSpend(values)),
    ({ p, q, v }) => [p, q, v],
    (next) => run(fitSpend(values, { p: next(), q: next(), v: next() })),
  );
  const renewals = arrivals(
    "sbg",
    run(fitRenewals(SURVIVORS)),
    ({ alpha, beta }) => [alpha, beta],
    (next) => run(fitRenewals(SURVIVORS, { alpha: next(), beta: next() })),
  );
  return Object.assign({}, ...figures, spend, renewals);
}
