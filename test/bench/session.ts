/**
 * What the model is worth for the next click, and what it costs: `npm run bench:session -- --help`. The last line is
 * JSON. Every reference algorithm of `--with` is measured by the same protocol; parameters are tuned with `--valid`.
 */
import { measure, type Measured } from "./session/measure.ts";
import { HELP, readOptions, type Options } from "./session/options.ts";
import { readTask } from "./session/task.ts";
import { UsageError } from "./session/usage-error.ts";

const FIGURES = ["hr20", "mrr20", "precision20", "recall20", "map20", "coverage", "popularity"] as const;
const WIDTH = 12;

const row = (cells: readonly (string | number)[]) =>
  cells.map((cell) => (typeof cell === "number" ? cell.toFixed(4) : cell).padEnd(WIDTH)).join("");

function print(name: string, figures: Measured): void {
  console.log(`\n${name}: ${figures.predictions} predictions`);
  console.log(row(["repeats", ...FIGURES]));
  for (const kind of ["on", "off"] as const) {
    const means = figures[`repeats_${kind}`];
    if (means) console.log(row([kind, ...FIGURES.map((figure) => means[figure])]));
  }
  const { predictUsP50, predictUsP99, learnUsPerClick, bytes } = figures;
  console.log(
    `predict p50 ${predictUsP50} µs, p99 ${predictUsP99} µs; learn ${learnUsPerClick} µs a click; ${(bytes / 1e6).toFixed(1)} MB`,
  );
}

function run({ sources, repeats, isOnline, isValid, historyShare, recommender }: Options) {
  const results: Record<string, Measured> = {};
  let algorithm = "";
  for (const source of sources) {
    const task = readTask(source, isValid, historyShare);
    const one = recommender();
    algorithm = one.name;
    if (Object.keys(results).length === 0) console.log(algorithm);
    results[source.name] = measure(task, one, repeats, isOnline);
    print(source.name, results[source.name]!);
  }
  return { algorithm, part: isValid ? "validation" : "test", isOnline, historyShare, results };
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.isHelp) console.log(HELP);
  else {
    if (options.sources.length === 0) console.log("SKIPPED: none of the data sets is here.");
    console.log(JSON.stringify(run(options)));
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
