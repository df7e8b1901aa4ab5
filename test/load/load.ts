/**
 * What bad load does to others: `npm run load -- <name>|all`, each scenario against plain workerd as in production. `--off` then runs
 * it again with each of its defences off: then it has to fail, or it proves nothing. Last line: JSON.
 */
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { round } from "../bench/serve/figures.ts";
import { endlessBodies } from "./endless-bodies.ts";
import { FLOOD_SCENARIOS } from "./flood.ts";
import { fullDisk } from "./full-disk.ts";
import { hotCustomer } from "./hot-customer.ts";
import { shardDown } from "./shard-down.ts";
import { slowSockets } from "./slow-sockets.ts";
import type { Control, Ground, Outcome, Scenario } from "./scenario.ts";

const SCENARIOS: readonly Scenario[] = [
  ...FLOOD_SCENARIOS,
  slowSockets,
  endlessBodies,
  hotCustomer,
  fullDisk,
  shardDown,
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { off: { type: "boolean", default: false } },
});
const chosen = SCENARIOS.filter(({ name }) => positionals.includes("all") || positionals.includes(name));
if (chosen.length === 0) {
  console.log("npm run load -- <name>|all [--off]\n");
  for (const { name, title } of SCENARIOS) console.log(`  ${name.padEnd(16)} ${title}`);
  process.exit(1);
}

/** A run with all defences, or without one. */
async function ran(scenario: Scenario, control?: Control) {
  const ground: Ground = { settings: control?.settings ?? {}, edits: control?.edits ?? [] };
  const startedAt = performance.now();
  const loadBefore = round(loadavg()[0]!);
  const outcome = await scenario.run(ground);
  const seconds = round((performance.now() - startedAt) / 1000);
  const missed = outcome.verdicts.filter(({ met }) => !met).map(({ what }) => what);
  const isRight =
    control === undefined
      ? missed.length === 0
      : control.misses.some((start) => missed.some((what) => what.startsWith(start)));
  tell(scenario, control, outcome, isRight, seconds);
  return { name: scenario.name, without: control?.name, isRight, seconds, loadBefore, ...outcome };
}

function tell(
  scenario: Scenario,
  control: Control | undefined,
  { verdicts, figures }: Outcome,
  isRight: boolean,
  seconds: number,
): void {
  console.log(`\n${scenario.title}${control ? `, without: ${control.name}` : ""} (${seconds} s)`);
  if (figures["rows"]) console.table(figures["rows"]);
  console.table(
    Object.fromEntries(
      verdicts.map(({ what, target, measured, met }) => [
        what,
        { target, measured, verdict: met ? "met" : "missed" },
      ]),
    ),
  );
  if (control)
    console.log(isRight ? "It fails without the defence, as it must." : "WRONG: nothing was missed.");
}

// Whoever ends this ends what it started.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));

const results = [];
for (const scenario of chosen) {
  results.push(await ran(scenario));
  if (values.off) for (const control of scenario.off) results.push(await ran(scenario, control));
}
console.log(JSON.stringify(results));
if (!results.every(({ isRight }) => isRight)) process.exitCode = 1;
