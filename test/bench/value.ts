/**
 * Figures of the purchase models: how long fits and scores take, from where fits arrive, and how well they foretell a
 * hold-out period. `npm run bench:value` takes about a minute; `-- --part fit` runs one part. Last line JSON.
 */
import { parseArgs } from "node:util";
import { fitFigures } from "./value/fit.ts";
import { holdoutFigures } from "./value/holdout.ts";
import { scoreFigures } from "./value/score.ts";
import { startFigures } from "./value/starts.ts";

const PARTS: Record<string, () => Record<string, unknown>> = {
  fit: fitFigures,
  starts: startFigures,
  holdout: holdoutFigures,
  score: scoreFigures,
};

const { values } = parseArgs({ options: { part: { type: "string" } } });
const wanted = Object.entries(PARTS).filter(([name]) => values.part === undefined || values.part === name);
if (wanted.length === 0) {
  console.error(`There is no part ${values.part}. Parts: ${Object.keys(PARTS).join(", ")}.`);
  process.exit(2);
}
const report: Record<string, unknown> = {};
for (const [name, figures] of wanted) {
  console.log(`== ${name}`);
  report[name] = figures();
}
console.log(JSON.stringify(report));
