/**
 * Figures of how customers are valued: how long a slice takes, from how few customers a shop can be fitted, whether
 * intervals hold, and whether drift is noticed. `node test/bench/value-cdnow/run.ts` takes about a minute;
 * `--part range` runs one part. Last line JSON.
 */
import { parseArgs } from "node:util";
import { driftFigures } from "./drift.ts";
import { leastFigures } from "./least.ts";
import { rangeFigures } from "./range.ts";
import { sliceFigures } from "./slices.ts";

const PARTS: Record<string, () => Record<string, unknown>> = {
  slices: sliceFigures,
  range: rangeFigures,
  least: leastFigures,
  drift: driftFigures,
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
