import type { Experiment } from "../config/config.ts";
import type { Allocation } from "../experiment/assign.ts";
import { productName, type MomentSums } from "../experiment/measures.ts";
import { splitOf } from "../experiment/split.ts";
import { periodPart, sumsOf, type Tally } from "../experiment/tally.ts";
import type { EpochMs } from "../primitives/time.ts";
import type { Moments } from "../stats/moments.ts";
import { BANDIT_DEFAULTS, type BanditSettings } from "./allocate.ts";
import { forget } from "./forget.ts";
import { allocateLeaves } from "./leaves.ts";
import { isMove, sumPeriods, usersIn, type Period } from "./period.ts";
import { refreshShares } from "./refresh.ts";

/** Shares and since when they hold: all that has to be kept of a bandit, since the ledger has what came of them. */
export type Turn = Allocation & { readonly from: EpochMs };

const GOALS = {
  conversion: { kind: "proportion", of: "buyers" },
  click_rate: { kind: "proportion", of: "clickers" },
  revenue: { kind: "mean", of: "revenue" },
  margin: { kind: "mean", of: "margin" },
} as const;

export const settingsOf = ({ bandit }: Experiment): BanditSettings => ({
  ...BANDIT_DEFAULTS,
  kind: GOALS[bandit?.goal ?? "conversion"].kind,
  policy: bandit?.policy ?? "thompson",
  floor: bandit?.floor ?? BANDIT_DEFAULTS.floor,
});

/** Where a bandit begins: with the shares its config gives it, as version 0. */
export const firstTurn = (experiment: Experiment, now: EpochMs): Turn => ({
  version: 0,
  weights: splitOf(experiment),
  from: now,
});

/** The goal's moments of one piece of a tally. */
function momentsOf(sums: MomentSums, of: string, kind: "proportion" | "mean"): Moments {
  const sum = sums[of] ?? 0;
  return { n: sums["users"] ?? 0, sum, sumSquares: kind === "mean" ? (sums[productName(of, of)] ?? 0) : sum };
}

/**
 * What came of each turn, by variation, for the visitors of one context, or with `undefined` for those of none: the shares
 * of each are exactly those by which its visitors were drawn.
 */
export function periodsOf(
  experiment: Experiment,
  turns: readonly Turn[],
  tallies: readonly Tally[],
  leaf: string | undefined,
): Period[] {
  const { kind, of } = GOALS[experiment.bandit?.goal ?? "conversion"];
  return turns.map(({ version, from, weights, leaves }) => ({
    version,
    from,
    weights: (leaf === undefined ? undefined : leaves?.[leaf]) ?? weights,
    arms: experiment.variations.map(({ id }) =>
      momentsOf(sumsOf(periodPart(id, version, leaf), tallies), of, kind),
    ),
  }));
}

/** Contexts of a bandit, and with `undefined` the visitors who are in none. */
export const leavesOf = ({ bandit }: Experiment): (string | undefined)[] => [
  undefined,
  ...(bandit?.contexts ?? []).map(({ id }) => id),
];

/**
 * The next turn, or `undefined` where shares hardly move. A variation of weight 0 is switched off. Contexts learn from each
 * other as far as variations do alike in them. The same tallies give the same shares.
 */
export function nextTurn(
  experiment: Experiment,
  turns: readonly Turn[],
  tallies: readonly Tally[],
  now: EpochMs,
): Turn | undefined {
  if (!isRipe(experiment, turns, tallies)) return undefined;
  const shares = experiment.bandit?.contexts.length
    ? sharesInContexts(experiment, turns, tallies)
    : sharesOfAll(experiment, turns, tallies);
  if (!shares) return undefined;
  return { version: (turns.at(-1)?.version ?? 0) + 1, from: now, ...shares };
}

/** Visitors that a turn has at least, and as a share of all: so that a bandit of years has some hundred turns. */
const TURN_USERS_MIN = 50;
const TURN_SHARE_MIN = 0.01;

/** Whether enough visitors came in the last turn to end it. */
function isRipe(experiment: Experiment, turns: readonly Turn[], tallies: readonly Tally[]): boolean {
  const users = turns.map((_, i) =>
    leavesOf(experiment)
      .flatMap((leaf) => periodsOf(experiment, turns.slice(i, i + 1), tallies, leaf))
      .reduce((sum, period) => sum + usersIn(period), 0),
  );
  const all = users.reduce((sum, one) => sum + one, 0);
  return (users.at(-1) ?? 0) >= Math.max(TURN_USERS_MIN, TURN_SHARE_MIN * all);
}

type Shares = Pick<Allocation, "weights" | "leaves">;

function sharesOfAll(
  experiment: Experiment,
  turns: readonly Turn[],
  tallies: readonly Tally[],
): Shares | undefined {
  const off = new Set(experiment.variations.flatMap(({ weight }, i) => (weight === 0 ? [i] : [])));
  const periods = periodsOf(experiment, turns, tallies, undefined);
  const { weights, moves } = refreshShares(
    periods,
    experiment.variations.length,
    settingsOf(experiment),
    off,
  );
  return moves ? { weights } : undefined;
}

function sharesInContexts(
  experiment: Experiment,
  turns: readonly Turn[],
  tallies: readonly Tally[],
): Shares | undefined {
  const leaves = leavesOf(experiment);
  const arms = experiment.variations.length;
  const periods = leaves.map((leaf) => periodsOf(experiment, turns, tallies, leaf));
  const sums = periods.map((each) =>
    sumPeriods(forget(each, arms).periods, arms).map((moments, i) => ({
      moments,
      isOff: experiment.variations[i]!.weight === 0,
    })),
  );
  const shares = allocateLeaves(sums, settingsOf(experiment));
  if (!shares.some((weights, i) => isMove(periods[i]!.at(-1)?.weights ?? [], weights))) return undefined;
  const named = leaves.flatMap((leaf, i) => (leaf === undefined ? [] : [[leaf, shares[i]!] as const]));
  return { weights: shares[0]!, leaves: Object.fromEntries(named) };
}
