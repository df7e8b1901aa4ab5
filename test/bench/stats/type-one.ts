/**
 * How often a difference is told where there is none, by looking after every ten visitors of an arm from 100 to 20,000, or
 * once a day (every 1,000): each measure, on the difference and on the lift; beside it what peers' formulas say on the same
 * visitors. `plan`: the twenty daily looks of a declared plan. `holdout`: the control is a twentieth of the visitors, from 100
 * to 20,000 of its own, in a fifth of the runs.
 * `node test/bench/stats/type-one.ts [--runs 10000] [--cells revenue,…] [--split even|holdout]`; last line JSON.
 */
import { parseArgs } from "node:util";
import { seededRng } from "../../../src/core/primitives/rng.ts";
import { compare, plannedAlpha, type Comparison, type Moment } from "../../../src/core/stats/compare.ts";
import { boundaries } from "../../../src/core/stats/group-sequential.ts";
import { MEASURES, Sums, type Measure } from "./measures.ts";
import { PEERS } from "./peers.ts";

const ALPHA = 0.05;
const BATCH = 10;
const USERS_FROM = 100;
const USERS_TO = 20_000;
const DAY = 1000;
const LOOKS = USERS_TO / DAY;
const STEPS = boundaries(
  Array.from({ length: LOOKS }, (_, i) => (i + 1) / LOOKS),
  plannedAlpha(ALPHA),
  "obrien_fleming",
);
/** Treatment's visitors for each of the control's. */
const SPLITS = { even: 1, holdout: 19 };

export type Setting = {
  readonly runs: number;
  /** Treatment's visitors for each of the control's: 1, or 19 where the control is a holdout of a twentieth. */
  readonly ratio: number;
  readonly name: string;
};

const isTold = ({ low, high }: Comparison): boolean => (low ?? -1) > 0 || (high ?? 1) < 0;
const isLiftTold = ({ lift }: Comparison): boolean => lift !== undefined && (lift.low > 0 || lift.high < 0);

/** Shares of runs in which each way of looking told a difference. */
export function typeOne(measure: Measure, { runs, ratio, name }: Setting): Record<string, number> {
  const rng = seededRng(`type-one ${name} ${ratio}`);
  const [control, treatment] = [new Sums(), new Sums()];
  const [more, moreTreated] = [measure.batch(BATCH, 1), measure.batch(BATCH * ratio, 1)];
  const treatmentShare = ratio / (1 + ratio);
  const counts: Record<string, number> = {};
  const peers = Object.entries(PEERS);
  for (let run = 0; run < runs; run++) {
    const told = new Set<string>();
    let before: Comparison | undefined;
    let doers: readonly number[] = [];
    control.clear();
    treatment.clear();
    while (control.users < USERS_TO) {
      more(control, rng);
      moreTreated(treatment, rng);
      if (control.users < USERS_FROM) continue;
      const figures = measure.figures(control, treatment);
      if (figures === undefined) continue;
      const isDay = control.users % DAY === 0;
      const look = (moment: Moment) => compare(figures, { alpha: ALPHA, moment, treatmentShare });
      // In an exact comparison nothing changes until somebody does it.
      const isAsBefore =
        before?.mode === "counts" && doers[0] === control.doers && doers[1] === treatment.doers;
      const anytime = isAsBefore ? before! : look({ kind: "anytime" });
      before = anytime;
      doers = [control.doers, treatment.doers];
      if (isTold(anytime))
        told.add("often, difference").add(isDay ? "daily, difference" : "often, difference");
      if (isLiftTold(anytime)) told.add("often, lift").add(isDay ? "daily, lift" : "often, lift");
      if (isDay) {
        const planned = look({ kind: "planned", boundary: STEPS[control.users / DAY - 1]! });
        if (isTold(planned)) told.add("plan");
      }
      for (const [peer, test] of peers)
        if (!told.has(peer) && test(figures.control, figures.treatment)) told.add(peer);
    }
    for (const way of told) counts[way] = (counts[way] ?? 0) + 1;
  }
  const ways = ["often, difference", "often, lift", "daily, difference", "daily, lift", "plan"];
  return Object.fromEntries([...ways, ...Object.keys(PEERS)].map((way) => [way, (counts[way] ?? 0) / runs]));
}

if (import.meta.main) {
  const text = { type: "string" } as const;
  const { values } = parseArgs({ options: { runs: text, cells: text, split: text } });
  const runs = Number(values.runs ?? 100);
  const cells = values.cells?.split(",") ?? Object.keys(MEASURES);
  const report: Record<string, Record<string, Record<string, number>>> = {};
  for (const [split, ratio] of Object.entries(SPLITS)) {
    if (values.split !== undefined && values.split !== split) continue;
    const size = ratio === 1 ? runs : Math.ceil(runs / 5);
    report[split] = Object.fromEntries(
      cells.map((name) => [name, typeOne(MEASURES[name]!, { runs: size, ratio, name })]),
    );
    console.log(`Told where there is nothing, share of ${size} runs; split: ${split}`);
    console.table(report[split]);
  }
  console.log(JSON.stringify({ typeOne: { runs, alpha: ALPHA, ...report } }));
}
