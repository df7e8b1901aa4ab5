import type { Interval } from "../stats/welch.ts";
import type { Preferences } from "./credits.ts";
import { shareInterval, signTest } from "./sign-test.ts";
import type { Team } from "./team-draft.ts";

/** Largest p told as a preference. */
const SIGNIFICANCE = 0.05;

/** Users with a preference at which the exact test can tell anything but a landslide. */
const VOTES_MIN = 20;

/** What interleaving tells of two recommenders, at the one look that was planned. */
export type InterleavingReport = {
  readonly winner: Team | null;
  /** Share of users with a preference who prefer b, with its exact interval; `null` without any. */
  readonly shareOfB: (Interval & { readonly value: number }) | null;
  readonly votes: number;
  readonly ties: number;
  readonly p: number;
  readonly sentence: string;
};

/**
 * The verdict on a team draft. It says which list gets the clicks, not how much money that is: an A/B test of the winner
 * says that. Like every fixed-sample test it holds for one look.
 * @example judgeInterleaving({ a: 40, b: 80, ties: 10 }).winner // "b"
 */
export function judgeInterleaving({ a, b, ties }: Preferences): InterleavingReport {
  const votes = a + b;
  const p = signTest(a, b);
  const isEnough = votes >= VOTES_MIN;
  const winner: Team | null = !isEnough || p >= SIGNIFICANCE ? null : b > a ? "b" : "a";
  const shareOfB = votes === 0 ? null : { value: b / votes, ...shareInterval(b, a) };
  return { winner, shareOfB, votes, ties, p, sentence: sentenceOf({ a, b, ties }, winner, p) };
}

function sentenceOf({ a, b }: Preferences, winner: Team | null, p: number): string {
  const votes = a + b;
  if (votes < VOTES_MIN)
    return `Cannot be told yet: ${votes} visitors clicked one side more than the other, and at least ${VOTES_MIN} are needed.`;
  const [wins, losses] = winner === "a" ? [a, b] : [b, a];
  const { low, high } = shareInterval(wins, losses);
  const range = `${percent(low)} to ${percent(high)}`;
  if (winner === null)
    return `Cannot be told yet: of ${votes} visitors with a preference ${range} prefer “b” (95% interval, p = ${Number(p.toPrecision(2))}).`;
  return `Of ${votes} visitors with a preference ${range} prefer “${winner}” (95% interval, ${p < 0.001 ? "p < 0.001" : `p = ${Number(p.toPrecision(2))}`}); test it against the other for money.`;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;
