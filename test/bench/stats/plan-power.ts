/**
 * Power of a declared plan: twenty looks of 1,000 visitors an arm, a base share of 5 %, by the product's boundaries,
 * beside a test at the end alone, the sequence, and peers' formulas on the same visitors. `after`: what is told in twenty
 * more looks beyond the plan's end as well. `node test/bench/stats/plan-power.ts [--runs 20000]`; last line JSON.
 */
import { parseArgs } from "node:util";
import { seededRng, type Rng } from "../../../src/core/primitives/rng.ts";
import { shareFigure } from "../../../src/core/stats/arm-figures.ts";
import { compare, plannedAlpha, type Comparison, type Moment } from "../../../src/core/stats/compare.ts";
import { boundaries, type Spending } from "../../../src/core/stats/group-sequential.ts";
import { normalQuantile } from "../../../src/core/stats/normal.ts";
import { planPower } from "../../../src/core/stats/plan-power.ts";
import { binomialSampler } from "./samplers.ts";
import { PEERS } from "./peers.ts";

const ALPHA = 0.05;
const BASE = 0.05;
const LOOKS = 20;
const EACH = 1000;
const FRACTIONS = Array.from({ length: LOOKS }, (_, i) => (i + 1) / LOOKS);
const LIFTS = [0, 0.1, 0.15, 0.2];

const stepsOf = (spending: Spending): readonly number[] =>
  boundaries(FRACTIONS, plannedAlpha(ALPHA), spending);
const STEPS = { "plan, O'Brien-Fleming": stepsOf("obrien_fleming"), "plan, Pocock": stepsOf("pocock") };
const isTold = ({ low, high }: Comparison): boolean => (low ?? -1) > 0 || (high ?? 1) < 0;

export type Power = {
  readonly told: number;
  /** Mean visitors of an arm until told or over. */ readonly sample: number;
};

export function powerOf(lift: number, runs: number): Record<string, Power> {
  const rng = seededRng(`power ${lift}`);
  const [before, after] = [binomialSampler(EACH, BASE), binomialSampler(EACH, BASE * (1 + lift))];
  const totals = new Map<string, { told: number; users: number }>();
  for (let run = 0; run < runs; run++)
    for (const [method, look] of oneRun(rng, before, after)) {
      const total = totals.get(method) ?? { told: 0, users: 0 };
      total.told += look === undefined ? 0 : 1;
      total.users += Math.min(look ?? LOOKS, LOOKS) * EACH;
      totals.set(method, total);
    }
  return Object.fromEntries(
    [...totals].map(([method, { told, users }]) => [method, { told: told / runs, sample: users / runs }]),
  );
}

/** At which look each method told a difference. */
function oneRun(rng: Rng, before: (rng: Rng) => number, after: (rng: Rng) => number) {
  const found = new Map<string, number | undefined>();
  const note = (method: string, look: number, isNow: boolean): void => {
    if (found.get(method) === undefined) found.set(method, isNow ? look : undefined);
  };
  let [c, t] = [0, 0];
  for (let look = 1; look <= 2 * LOOKS; look++) {
    c += before(rng);
    t += after(rng);
    const control = shareFigure(c, look * EACH)!;
    const treatment = shareFigure(t, look * EACH)!;
    const tell = (moment: Moment): boolean =>
      isTold(compare({ kind: "share", control, treatment }, { alpha: ALPHA, moment, treatmentShare: 0.5 }));
    if (look > LOOKS) {
      note("plan, and after", look, tell({ kind: "after_plan" }));
      continue;
    }
    for (const [name, steps] of Object.entries(STEPS)) {
      const isNow = tell({ kind: "planned", boundary: steps[look - 1]! });
      note(name, look, isNow);
      if (name === "plan, O'Brien-Fleming") note("plan, and after", look, isNow);
    }
    note("anytime", look, tell({ kind: "anytime" }));
    for (const [peer, test] of Object.entries(PEERS)) note(peer, look, test(control, treatment));
    if (look === LOOKS) note("one look at the end", look, PEERS["naive"]!(control, treatment));
  }
  return found;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { runs: { type: "string" } } });
  const runs = Number(values.runs ?? 2000);
  const report: Record<string, Record<string, Power>> = {};
  for (const lift of LIFTS) {
    const figures = powerOf(lift, runs);
    const name = lift === 0 ? "no effect" : `+${Math.round(lift * 100)} %`;
    report[name] = figures;
    console.log(
      `Base ${BASE}, ${name}, ${runs} runs: told, and mean visitors of an arm (${LOOKS * EACH} at the end)`,
    );
    console.table(figures);
  }
  // The same by integration, without simulating anything.
  const at = report["+10 %"]!;
  const [p, q] = [BASE, BASE * 1.1];
  const drift = (q - p) / Math.sqrt((p * (1 - p) + q * (1 - q)) / (LOOKS * EACH));
  const computed = planPower(FRACTIONS, STEPS["plan, O'Brien-Fleming"], drift);
  const summary = {
    toFixed: at["plan, O'Brien-Fleming"]!.told / at["one look at the end"]!.told,
    sampleToFixed: at["plan, O'Brien-Fleming"]!.sample / (LOOKS * EACH),
    computed,
    finalBoundary: STEPS["plan, O'Brien-Fleming"].at(-1),
    fixedBoundary: -normalQuantile(ALPHA / 2),
  };
  console.table(summary);
  console.log(JSON.stringify({ planPower: { runs, ...report, summary } }));
}
