/**
 * How often an interval of the lift ever fails to hold the true one, by looking after every ten visitors of an arm from 100
 * to 20,000, with true lifts of -50 %, 20 % and 100 %; beside it the delta method's with the same sequence.
 * `node test/bench/stats/coverage.ts [--runs 2000]`; last line JSON.
 */
import { parseArgs } from "node:util";
import { seededRng } from "../../../src/core/primitives/rng.ts";
import { compare, type Comparison } from "../../../src/core/stats/compare.ts";
import { sequenceReach } from "../../../src/core/stats/confidence-sequence.ts";
import { MEASURES, Sums, type Measure } from "./measures.ts";

const ALPHA = 0.05;
const BATCH = 10;
const USERS_FROM = 100;
const USERS_TO = 20_000;
const LIFTS = [-0.5, 0.2, 1];
const CELLS = ["share .05", "share .005", "revenue", "order value", "revenue with CUPED"];

export type Coverage = {
  /** Share of runs in which the interval always held the true lift, or the true difference. */
  readonly lift: number;
  readonly difference: number;
  readonly deltaMethod: number;
  /** Share of runs whose last interval was not bounded. */
  readonly unbounded: number;
};

export function coverageOf(measure: Measure, lift: number, runs: number, name: string): Coverage {
  const rng = seededRng(`coverage ${name} ${lift}`);
  const [control, treatment] = [new Sums(), new Sums()];
  const [more, moreTreated] = [measure.batch(BATCH, 1), measure.batch(BATCH, 1 + lift)];
  const total = { lift: 0, difference: 0, deltaMethod: 0, unbounded: 0 };
  for (let run = 0; run < runs; run++) {
    control.clear();
    treatment.clear();
    const held = { lift: true, difference: true, deltaMethod: true };
    let last: Comparison | undefined;
    while (control.users < USERS_TO) {
      more(control, rng);
      moreTreated(treatment, rng);
      if (control.users < USERS_FROM) continue;
      const figures = measure.figures(control, treatment);
      if (figures === undefined) continue;
      last = compare(figures, { alpha: ALPHA, moment: { kind: "anytime" }, treatmentShare: 0.5 });
      const difference = measure.value * lift;
      if ((last.low ?? -Infinity) > difference || (last.high ?? Infinity) < difference)
        held.difference = false;
      if (last.lift && (last.lift.low > lift || last.lift.high < lift)) held.lift = false;
      const [c, t] = [figures.control, figures.treatment];
      const ratio = t.value / c.value;
      const error = Math.sqrt(t.variance + ratio * ratio * c.variance) / c.value;
      const reach = sequenceReach(error, c.users + t.users, { alpha: ALPHA, tunedFor: 5000 });
      if (c.value > 0 && Math.abs(ratio - 1 - lift) > reach) held.deltaMethod = false;
    }
    total.lift += held.lift ? 1 : 0;
    total.difference += held.difference ? 1 : 0;
    total.deltaMethod += held.deltaMethod ? 1 : 0;
    total.unbounded += last?.lift === undefined || last.lift.isUnbounded ? 1 : 0;
  }
  return {
    lift: total.lift / runs,
    difference: total.difference / runs,
    deltaMethod: total.deltaMethod / runs,
    unbounded: total.unbounded / runs,
  };
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { runs: { type: "string" } } });
  const runs = Number(values.runs ?? 40);
  const report = Object.fromEntries(
    CELLS.flatMap((name) =>
      LIFTS.map((lift) => [
        `${name}, ${Math.round(lift * 100)} %`,
        coverageOf(MEASURES[name]!, lift, runs, name),
      ]),
    ),
  );
  console.log(`Share of ${runs} runs in which intervals held the truth at every look`);
  console.table(report);
  console.log(JSON.stringify({ coverage: { runs, ...report } }));
}
