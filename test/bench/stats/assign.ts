/**
 * What it costs to put a unit into an experiment: microseconds of processor time per experiment, this process's garbage
 * collection included, so that neighbours on a busy machine count less. The site's own
 * experiments as they are assigned at a decision (`assign`), and flags as SDKs ask for them (`evaluateFeature`). Also the
 * checksum of where 1,000,000 units lie, which must be the same everywhere.
 * `npx node test/bench/stats/assign.ts [--units 200000]`; last line JSON.
 */
import { parseArgs } from "node:util";
import { readConfig } from "../../../src/core/config/read.ts";
import { assign, compileExperiment } from "../../../src/core/experiment/assign.ts";
import { compileFeatures } from "../../../src/core/feature/compile.ts";
import { evaluateFeature } from "../../../src/core/feature/evaluate.ts";
import type { Attributes } from "../../../src/core/segment/evaluate.ts";
import { BUCKET_CHECKSUMS, bucketChecksum } from "../../core/feature/bucket-checksum.ts";

const EXPERIMENTS = 10;
const ROUNDS = 15;

export type AssignCost = {
  /** µs per experiment: the median of the rounds, the quickest and the slowest. */
  readonly median: number;
  readonly quickest: number;
  readonly slowest: number;
  /** Share of units that took part: work was done. */
  readonly share: number;
};

/** Times a way of assigning over units nobody saw before; a first round warms up and does not count. */
function timed(units: number, assigned: (unit: string, which: number) => boolean): AssignCost {
  const perRound = Math.ceil(units / ROUNDS);
  const costs: number[] = [];
  let inside = 0;
  for (let round = -1; round < ROUNDS; round++) {
    const names = Array.from({ length: perRound }, (_, i) => `visitor-${round}-${i}`);
    const start = process.cpuUsage();
    for (const unit of names) for (let i = 0; i < EXPERIMENTS; i++) if (assigned(unit, i)) inside++;
    const { user, system } = process.cpuUsage(start);
    if (round >= 0) costs.push((user + system) / (perRound * EXPERIMENTS));
  }
  costs.sort((a, b) => a - b);
  return {
    median: costs[Math.floor(costs.length / 2)]!,
    quickest: costs[0]!,
    slowest: costs.at(-1)!,
    share: inside / (perRound * EXPERIMENTS * (ROUNDS + 1)),
  };
}

const ATTRIBUTES: Attributes = {
  country: "AT",
  age: 40,
  plan: "pro",
  agent: "Mozilla/5.0 (Linux; Android 14) Mobile Safari/537.36",
};

function ownExperiments(units: number, when: Attributes | undefined): AssignCost {
  const { experiments } = readConfig({
    experiments: Array.from({ length: EXPERIMENTS }, (_, i) => ({
      id: `x${i}`,
      question: "Which is better?",
      ...(when ? { when } : {}),
      variations: [{ id: "a" }, { id: "b" }, { id: "c" }],
    })),
  });
  const compiled = experiments.map(compileExperiment);
  return timed(units, (unit, i) => assign(compiled[i]!, { unit, attributes: ATTRIBUTES }) !== undefined);
}

function flags(units: number, rule: object): AssignCost {
  const keys = Array.from({ length: EXPERIMENTS }, (_, i) => `flag${i}`);
  const features = compileFeatures(
    Object.fromEntries(
      keys.map((key) => [
        key,
        { defaultValue: 0, rules: [{ variations: [0, 1, 2], hashVersion: 2, ...rule }] },
      ]),
    ),
  );
  // One visitor asks for all flags; the bag is made once.
  let attributes: Attributes = ATTRIBUTES;
  return timed(units, (unit, i) => {
    if (i === 0) attributes = { ...ATTRIBUTES, id: unit };
    return evaluateFeature(keys[i]!, { attributes, features }).source === "experiment";
  });
}

const CONDITION = { country: { $in: ["AT", "DE", "CH"] }, age: { $gte: 18 }, plan: "pro" };

/** Every way of assigning, over that many units each, ten experiments a unit. */
export function runAssign(units: number) {
  const checksum = bucketChecksum(1_000_000);
  return {
    units,
    experiments: EXPERIMENTS,
    own: ownExperiments(units, undefined),
    ownWithCondition: ownExperiments(units, CONDITION),
    flag: flags(units, {}),
    flagWithCondition: flags(units, { condition: CONDITION }),
    flagWithPattern: flags(units, { condition: { agent: { $regexi: "(mobile|tablet)" } } }),
    checksum,
    isEverywhereTheSame: checksum === BUCKET_CHECKSUMS[1_000_000],
  };
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { units: { type: "string" } } });
  const assign = runAssign(Number(values.units ?? 200_000));
  for (const [name, cost] of Object.entries(assign))
    if (typeof cost === "object")
      console.log(
        `${name}: ${cost.median.toFixed(3)} µs an experiment (${cost.quickest.toFixed(3)} to ${cost.slowest.toFixed(3)})`,
      );
  console.log(JSON.stringify({ assign }));
}
