import { parseArgs } from "node:util";
import { PLANTS, type Plant } from "./plants.ts";
import { run, type Outcome } from "./run.ts";

/**
 * `npm run crash`: traffic against plain workerd under `kill -9`, then silence, then a recount of every number from the
 * stored files. With `--plant`, the same against a product with a known fault, which has to be caught.
 */
const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "20" },
    events: { type: "string", default: "0" },
    seed: { type: "string", default: "1" },
    minutes: { type: "string", default: "30" },
    plant: { type: "string" },
    keep: { type: "boolean", default: false },
    loud: { type: "boolean", default: false },
  },
});

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));

const number = (name: "kills" | "events" | "seed" | "minutes"): number => {
  const value = Number(values[name]);
  if (!Number.isFinite(value) || value < 0) throw new Error(`--${name} takes a number, not ${values[name]}.`);
  return value;
};

const trial = {
  kills: number("kills"),
  events: number("events"),
  seed: number("seed"),
  minutes: number("minutes"),
  keepsFiles: values.keep,
  isLoud: values.loud,
};

const count = (value: number): string => value.toLocaleString("en-US");
const listed = (of: Readonly<Record<string, number>>): string =>
  Object.entries(of)
    .map(([name, times]) => `${name} ${count(times)}`)
    .join(", ") || "none";

function tell(outcome: Outcome): void {
  const share = ((100 * outcome.resent) / Math.max(1, outcome.acknowledged)).toFixed(1);
  console.log(
    [
      `${count(outcome.acknowledged)} events acknowledged of ${count(outcome.sent)} sent by ${count(outcome.people)} people, ${outcome.eventsPerSecond} a second`,
      `${count(outcome.resent)} sent again after they were acknowledged (${share} %); ${count(outcome.files)} files imported`,
      `${outcome.kills} kills; from a kill to the next acknowledgement ${outcome.recoveryMs.p50} ms (p50), ${outcome.recoveryMs.p99} ms (p99)`,
      `after the last kill alarms alone drained everything within ${outcome.drainMs} ms`,
      `refused: ${listed(outcome.refused)}; failed calls by status: ${listed(outcome.faults)}`,
      `checked: ${listed(outcome.checked)}`,
      ...(values.keep ? [`files: ${outcome.dir}`] : []),
      ...(outcome.defects.length === 0
        ? ["Nothing lost, nothing doubled, every number equals its recount."]
        : []),
      ...outcome.defects.map((defect) => `DEFECT ${defect}`),
    ].join("\n"),
  );
}

async function tryPlants(plants: readonly Plant[]): Promise<void> {
  let missed = 0;
  for (const plant of plants) {
    let verdict: string;
    let first = "";
    try {
      const { defects } = await run({ ...trial, plant });
      const telling = defects.find((defect) => plant.caughtBy.some((kind) => defect.startsWith(kind)));
      verdict = telling === undefined ? "MISSED" : "caught";
      first = telling ?? defects[0] ?? "";
    } catch (error) {
      verdict = "BROKEN";
      first = error instanceof Error ? error.message : String(error);
    }
    if (verdict !== "caught") missed++;
    console.log(`${verdict.padEnd(7)} ${plant.name.padEnd(32)} ${first.slice(0, 130)}`);
  }
  console.log(`${plants.length - missed} of ${plants.length} planted faults caught.`);
  if (missed > 0) process.exitCode = 1;
}

if (values.plant === undefined) {
  const outcome = await run(trial);
  tell(outcome);
  if (outcome.defects.length > 0) process.exitCode = 1;
} else {
  const plants = PLANTS.filter((plant) => values.plant === "all" || plant.name === values.plant);
  if (plants.length === 0)
    throw new Error(
      `There is no plant ${values.plant}. There are: ${PLANTS.map((plant) => plant.name).join(", ")}`,
    );
  await tryPlants(plants);
}
