import { proposeStep } from "../core/bandit/auto-policy.ts";
import { firstTurn, nextTurn, periodsOf, leavesOf, settingsOf, type Turn } from "../core/bandit/turns.ts";
import { sumPeriods } from "../core/bandit/period.ts";
import type { Config, Experiment } from "../core/config/config.ts";
import type { Allocation } from "../core/experiment/assign.ts";
import { asExperiment, holdoutsOf } from "../core/experiment/holdouts.ts";
import { experimentKey } from "../core/experiment/key.ts";
import { daysSince, stepOf, tended, type Proposal, type Step } from "../core/experiment/step.ts";
import type { Tally } from "../core/experiment/tally.ts";
import { MINUTE_MS, type EpochMs } from "../core/primitives/time.ts";
import { objectId } from "../edge/names.ts";
import type { Env } from "../env.ts";

/** The present shares of a site's bandits, by experiment key. */
export type Shares = {
  /** Counts up with every change. */
  readonly version: number;
  readonly bandits: readonly (Allocation & { readonly key: string })[];
};
export const NO_SHARES: Shares = { version: 0, bandits: [] };

/** All that the steward remembers: what each bandit's shares were, and what it proposed. */
export type Stewardship = {
  readonly turns: Readonly<Record<string, readonly Turn[]>>;
  /** By experiment id. */
  readonly proposals: Readonly<Record<string, Proposal>>;
  readonly shares: Shares;
};
export const NEW_STEWARDSHIP: Stewardship = { turns: {}, proposals: {}, shares: NO_SHARES };

/** How often shares are worked out anew, and how often an experiment is looked at that nobody asks about. */
const TENDED_MS = MINUTE_MS;
const REST_MS = 60 * MINUTE_MS;

/** When to come again. */
export const nextRound = (config: Config, now: EpochMs): EpochMs =>
  now + (tended(config).length > 0 ? TENDED_MS : REST_MS);

type Ledger = DurableObjectStub<import("./ledger-object.ts").LedgerObject>;
const ledgerAt = async (env: Env, site: string): Promise<Ledger> =>
  env.LEDGER.get(await objectId(env, "ledger", site, "0"));

/** What a round came to: what to remember, and the steps a marketer's policy lets happen by themselves. */
export type Round = {
  readonly next: Stewardship;
  readonly steps: readonly { readonly id: string; readonly step: Step }[];
};

/**
 * Looks after a site's experiments: gives bandits the shares that their results suggest, looks at every experiment so that
 * its history is there when somebody asks, and proposes or takes the steps that policies allow.
 */
export async function stewardRound(
  env: Env,
  site: string,
  config: Config,
  known: Stewardship,
  now: EpochMs,
): Promise<Round> {
  const ledger = await ledgerAt(env, site);
  const turns: Record<string, readonly Turn[]> = {};
  const proposals: Record<string, Proposal> = {};
  const steps: { id: string; step: Step }[] = [];
  for (const withheld of holdoutsOf(config)) await ledger.report(asExperiment(withheld), undefined);
  for (const experiment of config.experiments) {
    if (experiment.status !== "running") continue;
    const key = experimentKey(experiment);
    const report = await ledger.report(experiment, undefined);
    let step = stepOf(experiment, report);
    if (experiment.bandit) {
      const { tallies, since } = await ledger.sums(key);
      const mine = known.turns[key] ?? [firstTurn(experiment, now)];
      const turn = nextTurn(experiment, mine, tallies, now);
      turns[key] = turn ? [...mine, turn] : mine;
      step = banditStep(experiment, turns[key], tallies, daysSince(since, now));
    }
    const before = known.proposals[experiment.id];
    if (step?.permission === "auto") steps.push({ id: experiment.id, step });
    else if (step)
      proposals[experiment.id] = isSame(before, step) ? before : { ...step, at: now, isRefused: false };
    else if (before?.isRefused) proposals[experiment.id] = before;
  }
  return { next: { turns, proposals, shares: sharesOf(turns, known.shares) }, steps };
}

const isSame = (before: Proposal | undefined, step: Step): before is Proposal =>
  before !== undefined && before.action === step.action && before.variation === step.variation;

/** The latest turns as isolates draw by them; the same where nothing has moved. */
function sharesOf(turns: Stewardship["turns"], known: Shares): Shares {
  const bandits = Object.entries(turns).map(([key, mine]) => {
    const { from: _from, ...allocation } = mine.at(-1)!;
    return { key, ...allocation };
  });
  const isSameAs = JSON.stringify(bandits) === JSON.stringify(known.bandits);
  return isSameAs ? known : { version: known.version + 1, bandits };
}

function banditStep(
  experiment: Experiment,
  turns: readonly Turn[],
  tallies: readonly Tally[],
  days: number,
): Step | undefined {
  const { policy, variations, bandit } = experiment;
  if (!policy || !bandit) return undefined;
  const periods = leavesOf(experiment).flatMap((leaf) => periodsOf(experiment, turns, tallies, leaf));
  const off = new Set(variations.flatMap(({ weight }, i) => (weight === 0 ? [i] : [])));
  const { action, arm, permission, reason } = proposeStep(
    {
      kind: settingsOf(experiment).kind,
      goal: bandit.goal,
      names: variations.map(({ id }) => id),
      arms: sumPeriods(periods, variations.length),
      off,
      days,
    },
    policy,
  );
  if (action === "none" || arm === undefined || permission === undefined) return undefined;
  const variation = variations[arm]!.id;
  return { action: action === "promote" ? "promote" : "stop_variation", variation, reason, permission };
}
