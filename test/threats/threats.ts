import { parseArgs } from "node:util";
import { plantDefect } from "../crash/bundle.ts";
import { withHands } from "../support/http.ts";
import { THREATS } from "./list.ts";
import { isRight, run, type Result } from "./run.ts";
import { Stage } from "./stage.ts";
import type { Patch, Threat } from "./threat.ts";

/**
 * `npm run threats`: every threat of the list is attacked twice. With all defences the attack has to fail; with a defence
 * taken out of the product while it is bundled, it has to succeed, or the attack proves nothing. Names of threats
 * (`T1 T10`) try only these; `--on` leaves the controls out.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { on: { type: "boolean", default: false }, hands: { type: "string", default: "2" } },
});

const chosen = THREATS.filter(({ id }) => positionals.length === 0 || positionals.includes(id));
const jobs: [Threat, Patch | undefined][] = chosen.map((threat) => [threat, undefined]);
if (!values.on) for (const threat of chosen) for (const patch of threat.off) jobs.push([threat, patch]);

const results: Result[] = [];
const shared = chosen.some(({ ground }) => ground === undefined) ? await Stage.open(undefined) : undefined;
try {
  await withHands(jobs, Number(values.hands), async ([threat, patch]) => {
    const defect = patch && plantDefect({ name: patch.name, note: "", caughtBy: [], edits: patch.edits });
    const isShared = patch === undefined && threat.ground === undefined;
    const result: Result = defect
      ? { threat, patch, outcome: undefined, error: defect, seconds: 0 }
      : await run(threat, patch, isShared ? shared : undefined);
    results.push(result);
    console.log(lineOf(result));
    if (result.error !== undefined) console.log(`      ${result.error.slice(0, 1200)}`);
  });
} finally {
  await shared?.close();
}

function lineOf(result: Result): string {
  const { threat, patch, outcome, seconds } = result;
  const said = outcome === undefined ? "BROKEN" : isRight(result) ? "ok" : "WRONG";
  const what = patch === undefined ? threat.title : `without ${patch.name}`;
  return `${said.padEnd(6)} ${threat.id.padEnd(4)} ${what.padEnd(64)} ${seconds.toFixed(1).padStart(5)} s  ${(outcome?.note ?? "").slice(0, 130)}`;
}

/** A row per threat: does it hold, and does the attack succeed where a defence is off. */
function rowOf(threat: Threat): string {
  const of = results.filter((one) => one.threat === threat);
  const on = of.find(({ patch }) => patch === undefined);
  const off = of.filter(({ patch }) => patch !== undefined);
  const holds =
    on?.outcome === undefined
      ? "BROKEN"
      : on.outcome.breached
        ? "NO"
        : on.outcome.gaps.length > 0
          ? "in part"
          : "yes";
  const succeeds = `${off.filter(isRight).length} of ${off.length}`;
  const seconds = of.reduce((sum, one) => sum + one.seconds, 0).toFixed(1);
  const gaps = on?.outcome?.gaps.length ?? 0;
  return `| ${threat.id} | ${threat.title} | ${holds} | ${gaps === 0 ? "" : gaps} | ${succeeds} | ${seconds} |`;
}

console.log(
  [
    "",
    "| threat | attack | holds with the defences | missing parts | succeeds without a defence | seconds |",
    "|---|---|---|---|---|---|",
    ...chosen.map(rowOf),
    "",
    ...results.flatMap(({ threat, patch, outcome }) =>
      patch === undefined ? (outcome?.gaps ?? []).map((gap) => `missing ${threat.id}: ${gap}`) : [],
    ),
    "",
    `${results.filter(isRight).length} of ${results.length} attacks ended as they should.`,
  ].join("\n"),
);
if (!results.every(isRight)) process.exitCode = 1;
