import { openLab, type LabOptions, type OpenLab } from "./lab.ts";
import type { Plant } from "./plants.ts";
import type { Scenario } from "./scenario.ts";
import { tally, type Tally } from "./tally.ts";
import { Trial } from "./trial.ts";

export type Plan = {
  readonly scenarios: readonly Scenario[];
  /** How often each is played. */
  readonly trials: number | ((scenario: Scenario, plant: Plant | undefined) => number);
  /** Visitors at the same time. */
  readonly parallel: number;
  /** Defects to plant, each beside the snippet as it is. */
  readonly plants?: readonly Plant[];
  /** Whether only the defects are measured. */
  readonly isOnlyPlants?: boolean;
} & Omit<LabOptions, "plants">;

/** A trial to be played, and what came of it. */
type Job = { readonly scenario: Scenario; readonly plant: Plant | undefined; readonly trial: Trial };
/** `failures`: trials that could not be played to their end. */
type Played = Job & { readonly failure?: string };

/**
 * Plays every scenario so many times, trial by trial and not scenario by scenario, so that a busy minute of the machine
 * hits all of them alike. Then asks the Worker what it has.
 */
export async function measureLoss(plan: Plan): Promise<readonly Tally[]> {
  const lab = await openLab({ ...plan, plants: plan.plants ?? [] });
  try {
    const jobs = jobsOf(plan, lab);
    const waiting = [...jobs];
    const played: Played[] = [];
    const play = async (): Promise<void> => {
      for (let job = waiting.shift(); job; job = waiting.shift()) {
        const failure = await playOne(job);
        played.push(failure === undefined ? job : { ...job, failure });
      }
    };
    await Promise.all(Array.from({ length: plan.parallel }, play));
    const promised = jobs.flatMap(({ trial }) => trial.promised).filter(({ times }) => times > 0);
    const stored = await lab.stored((found) => promised.every(({ mark }) => found.has(mark)));
    return variantsOf(plan).flatMap((plant) =>
      plan.scenarios.map((scenario) =>
        tally(
          scenario,
          plant,
          played.filter((job) => job.scenario === scenario && job.plant === plant),
          stored,
        ),
      ),
    );
  } finally {
    await lab.close();
  }
}

/** The snippet as it is, and with each defect. */
const variantsOf = ({ plants = [], isOnlyPlants }: Plan): readonly (Plant | undefined)[] =>
  isOnlyPlants ? plants : [undefined, ...plants];

function jobsOf(plan: Plan, lab: OpenLab): Job[] {
  const jobs: Job[] = [];
  const { trials } = plan;
  const trialsOf = (scenario: Scenario, plant: Plant | undefined): number => {
    if (scenario.missing !== undefined) return 0;
    const asked = typeof trials === "number" ? trials : trials(scenario, plant);
    return Math.min(asked, scenario.trialsMax ?? Infinity);
  };
  const rounds = variantsOf(plan).flatMap((plant) =>
    plan.scenarios.map((scenario) => ({ scenario, plant, trials: trialsOf(scenario, plant) })),
  );
  const most = Math.max(...rounds.map((round) => round.trials));
  for (let index = 0; index < most; index++)
    for (const { scenario, plant, trials } of rounds)
      if (index < trials) jobs.push({ scenario, plant, trial: new Trial(lab, scenario.name, index, plant) });
  return jobs;
}

async function playOne({ scenario, trial }: Job): Promise<string | undefined> {
  try {
    await scenario.play(trial);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.split("\n", 1)[0]! : String(error);
  } finally {
    await trial.end();
  }
}
