/**
 * What goes with an item or a cart, what it costs, and what k customers per pair leave of it:
 * `npm run bench:basket -- --help`. The last line is JSON. The baselines are counted exactly and without bounds in the
 * same run; parameters are tuned with `--valid`.
 */
import { encodeSnapshot } from "../../src/core/recommend/snapshot/encode.ts";
import { publish } from "../../src/core/recommend/snapshot/publish.ts";
import { baselines } from "./basket/baselines.ts";
import { bundles } from "./basket/bundles.ts";
import { exactPairs } from "./basket/exact-pairs.ts";
import { linesWithFour, recipe, withKinds } from "./basket/kinds.ts";
import { measure, type Contender, type Figures } from "./basket/measure.ts";
import { HELP, readOptions, type Options } from "./basket/options.ts";
import { PRESETS } from "./basket/presets.ts";
import { learned, product } from "./basket/product.ts";
import { taskOf, trialsOf, type Task } from "./basket/task.ts";
import { threshold } from "./basket/threshold.ts";
import { UsageError } from "./session/usage-error.ts";

const MIN_CUSTOMERS = [1, 5];
const NAME_WIDTH = 26;
const WIDTH = 13;

const row = (name: string, cells: readonly (string | number)[]) =>
  console.log(name.padEnd(NAME_WIDTH) + cells.map((cell) => String(cell).padEnd(WIDTH)).join(""));

function run(task: Task, { isGuarded, isQuick }: Options) {
  const trials = trialsOf(task);
  console.log(
    `\n${task.name}: ${task.train.length} baskets and ${task.known.size} items learned, ${trials.length} asked`,
  );
  const { model, learnUs } = learned(task.train, isGuarded);
  const pairs = exactPairs(task.train);
  const figures: Record<string, Figures> = {};
  const measured = (contender: Contender) => {
    const found = measure(contender, trials, task.known.size);
    if (Object.keys(figures).length === 0) row("", Object.keys(found));
    row(contender.name, Object.values(found));
    figures[contender.name] = found;
  };
  if (!isQuick) for (const baseline of baselines(pairs)) measured(baseline);
  const thresholds: Record<string, object> = {};
  for (const minCustomers of MIN_CUSTOMERS) {
    const k = `k = ${minCustomers}`;
    const snapshot = publish(model, { minCustomers, version: 1, now: task.cut });
    for (const [name, settings] of Object.entries(PRESETS)) {
      measured(product(`ours, ${name}, ${k}`, snapshot, settings));
    }
    const bytes = encodeSnapshot(snapshot).byteLength;
    const kept: Record<string, unknown> = { bytes, ...threshold(snapshot, pairs, task) };
    if (task.typeOf.size > 0) {
      const kinds = withKinds(model, snapshot, task);
      const [without, beside] = [
        recipe(`recipe, items, ${k}`, snapshot, task),
        recipe(`recipe, and kinds, ${k}`, kinds.snapshot, task),
      ];
      for (const contender of [without, beside]) measured(contender);
      kept["kinds"] = {
        ...kinds.figures,
        linesKeptWithout: linesWithFour(without, task),
        linesKept: linesWithFour(beside, task),
      };
    }
    kept["bundles"] = bundles(snapshot, trials, task);
    thresholds[k] = kept;
    console.log(`${k}: ${JSON.stringify(kept)}`);
  }
  return {
    baskets: task.train.length,
    items: task.known.size,
    asked: trials.length,
    learnUs: Math.round(learnUs),
    figures,
    thresholds,
  };
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.isHelp) console.log(HELP);
  else {
    const results: Record<string, object> = {};
    for (const source of options.sources) {
      const baskets = source();
      if (baskets) results[baskets.name] = run(taskOf(baskets, options.cutDays, options.back), options);
    }
    if (Object.keys(results).length === 0) console.log("SKIPPED: none of the data sets is here.");
    const { cutDays, back, isGuarded } = options;
    const part = back > 0 ? `validation ${back}` : "test";
    console.log(JSON.stringify({ part, cutDays, isGuarded, presets: PRESETS, results }));
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
