import { seededRng } from "../../../src/core/primitives/rng.ts";
import { aggregate } from "../../../src/core/value/model/cells.ts";
import { run } from "../../../src/core/value/model/fit.ts";
import { fitOrders, type OrderModel } from "../../../src/core/value/model/fit-orders.ts";
import { fitSpend, type SpendCell } from "../../../src/core/value/model/spend.ts";
import { splitCustomers } from "./cdnow.ts";
import { median, rounded, timed } from "./measure.ts";
import { syntheticCustomers } from "./synthetic.ts";

export const MODELS: readonly OrderModel[] = ["bg_nbd", "mbg_nbd", "pareto_nbd"];

const FITS = 60;
const CUSTOMERS = 100_000;

/** Runs what comes in slices, timing each. */
function sliced<Outcome>(slices: Generator<void, Outcome>) {
  let longest = 0;
  let total = 0;
  for (;;) {
    const { value: step, ms } = timed(() => slices.next());
    longest = Math.max(longest, ms);
    total += ms;
    if (step.done) return { outcome: step.value, longest, total };
  }
}

function medianFit(work: () => void): number {
  for (let i = 0; i < FITS / 3; i++) work();
  return rounded(median(Array.from({ length: FITS }, () => timed(work).ms)), 2);
}

/** How long fits take: of CDNOW, warm, and of a synthetic shop of 100,000 customers; with the longest slice. */
export function fitFigures(): Record<string, unknown> {
  const figures: Record<string, unknown> = {};
  // First, while nothing is compiled yet: as an object finds it that has just been woken.
  const people = syntheticCustomers(CUSTOMERS, seededRng("customers"));
  const aggregated = timed(() => aggregate(people));
  figures["aggregate100kMs"] = rounded(aggregated.ms, 1);
  figures["cells100k"] = aggregated.value.length;
  for (const model of MODELS.toReversed()) {
    const { outcome, longest, total } = sliced(fitOrders(model, aggregated.value));
    if (!outcome.fitted || !outcome.fit.converged) throw new Error(`${model} did not converge.`);
    figures[`${model}100kMs`] = rounded(total, 0);
    figures[`${model}LongestSliceMs`] = rounded(longest, 1);
    console.log(`${model}, ${CUSTOMERS} customers: ${total.toFixed(0)} ms`, outcome.fit.params);
  }
  const customers = splitCustomers();
  if (!customers) return figures;
  const cells = aggregate(customers.map(({ summary }) => summary));
  const values: SpendCell[] = customers.map(({ summary, mean }) => ({ x: summary.x, mean, n: 1 }));
  figures["cdnowCells"] = cells.length;
  for (const model of MODELS) figures[`${model}CdnowMs`] = medianFit(() => run(fitOrders(model, cells)));
  figures["gammaGammaCdnowMs"] = medianFit(() => run(fitSpend(values)));
  return figures;
}
