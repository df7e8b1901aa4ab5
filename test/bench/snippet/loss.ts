/**
 * Events that get lost or counted twice between a page and the Worker: `npm run bench:snippet -- --part loss`. A visitor in
 * a real browser leaves, crashes, is cut off, comes back; then the Worker itself is asked what it has. `--full` plays 200
 * trials of each scenario and 30 s of outage, and takes hours; a few trials show where the figures are. Last line JSON.
 */
import { parseArgs } from "node:util";
import { measureLoss } from "./loss/measure.ts";
import { isPlant, PLANTS, type Plant } from "./loss/plants.ts";
import { SCENARIOS } from "./loss/shelf.ts";
import type { Tally } from "./loss/tally.ts";

const USAGE = `Usage: npm run bench:snippet -- --part loss [--trials 6] [--parallel 3] [--delay 60] [--full]
  [--only ${SCENARIOS.map(({ name }) => name).join(",")}]
  [--plant ${Object.keys(PLANTS).join("|")}]`;

/** Measures, prints a table, and gives what the last line says. @throws {TypeError} with the usage */
export async function run(argv: readonly string[]): Promise<{ loss: readonly Tally[] }> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      trials: { type: "string" },
      parallel: { type: "string", default: "3" },
      delay: { type: "string", default: "60" },
      only: { type: "string" },
      plant: { type: "string" },
      // Whoever starts the parts by name may hand it on.
      part: { type: "string" },
      full: { type: "boolean", default: false },
    },
  });
  const names = values.only?.split(",");
  const plants = values.plant?.split(",") ?? [];
  const scenarios = SCENARIOS.filter(({ name }) => names === undefined || names.includes(name));
  const trials = Number(values.trials ?? (values.full ? 200 : 6));
  const parallel = Number(values.parallel);
  const delayMs = Number(values.delay);
  if (
    scenarios.length !== (names ?? SCENARIOS).length ||
    !plants.every(isPlant) ||
    ![trials, parallel, delayMs].every((number) => Number.isInteger(number) && number > 0)
  )
    throw new TypeError(USAGE);
  const loss = await measureLoss({
    scenarios,
    trials,
    parallel,
    plants: plants as readonly Plant[],
    isOnlyPlants: plants.length > 0,
    delayMs,
    exitMs: 1800,
    outageMs: values.full ? 30_000 : 5000,
    patienceMs: 20_000,
  });
  for (const line of tableOf(loss)) console.log(line);
  return { loss };
}

function tableOf(tallies: readonly Tally[]): string[] {
  const head = ["scenario", "trials", "promised", "on exit", "missing", "dupl.", "OPTIONS", "people", ""];
  const rows = tallies.map((one) => [
    `${one.scenario}${one.plant === undefined ? "" : ` (${one.plant})`}`,
    String(one.trials),
    String(one.promised),
    `${(100 * one.onExit).toFixed(2)} %`,
    String(one.missing),
    String(one.duplicates),
    String(one.preflights),
    String(one.figures["people"] ?? 0),
    one.skipped === undefined ? one.broken.join("; ") || "ok" : `skipped: ${one.skipped}`,
  ]);
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at]!.length)));
  return [head, ...rows].map((row) =>
    row
      .map((cell, at) => (at === 0 || at === 8 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!)))
      .join("  ")
      .trimEnd(),
  );
}

if (import.meta.main) {
  const result = await run(process.argv.slice(2)).catch((problem: unknown) => {
    console.error(problem instanceof Error ? problem.message : String(problem));
    process.exit(2);
  });
  console.log(JSON.stringify(result));
  process.exit(result.loss.some(({ broken }) => broken.length > 0) ? 1 : 0);
}
