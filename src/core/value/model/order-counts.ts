import { gaussLegendre } from "../../stats/gauss-legendre.ts";
import { incompleteBeta } from "../../stats/incomplete-beta.ts";
import { logBeta } from "../../stats/log-gamma.ts";
import type { OrderParams } from "../value-model.ts";
import { standingOf, type Process } from "./process.ts";
import type { PurchaseSummary } from "./summary.ts";

/** In the share that has left by then: enough for quantiles; the probabilities are right to about 1e-5 or better. */
const RULE = gaussLegendre(24);

/** Counts up to here are added one by one, larger ones found by halving. */
const WALK_MAX = 400;

/** More orders than a day each for a hundred thousand years: where the halving starts from. */
const COUNT_MAX = 2 ** 26;

/** With a probability `weight`, orders come for a time of `time`, unless the customer leaves after one of them. */
type Spell = { readonly weight: number; readonly time: number };

/**
 * Probability that the customer has at most `count` orders within `horizon` from now, by the model itself: gone already, or
 * a negative binomial count over the time they stay.
 */
export function ordersAtMost(
  params: OrderParams,
  summary: PurchaseSummary,
  horizon: number,
  count: number,
): number {
  const { alive, rest } = standingOf(params, summary);
  if (!(horizon > 0)) return 1;
  return 1 - alive + alive * atMost(rest, spellsOf(rest, horizon), count);
}

/**
 * For each of some probabilities the smallest number of orders within `horizon` that is not exceeded with at least that
 * probability.
 * @example orderQuantiles(params, summary, 365, [0.1, 0.9]) // an 80 % interval of the customer's orders
 */
export function orderQuantiles(
  params: OrderParams,
  summary: PurchaseSummary,
  horizon: number,
  probabilities: readonly number[],
): number[] {
  const { alive, rest } = standingOf(params, summary);
  // Probability p of all customers is this one of those who are alive; 0 and less: gone already.
  const wanted = probabilities.map((p) => (p <= 1 - alive ? 0 : (p - (1 - alive)) / alive));
  if (!(horizon > 0 && alive > 0)) return wanted.map(() => 0);
  const spells = spellsOf(rest, horizon);
  const known = walked(rest, spells, Math.max(...wanted));
  return wanted.map((p) => {
    const place = known.findIndex((share) => share >= p);
    return place >= 0 ? place : halved(rest, spells, p, known.length);
  });
}

function spellsOf(process: Process, horizon: number): Spell[] {
  if (process.model === "bg_nbd") return [{ weight: 1, time: horizon }];
  const { s, beta } = process;
  const logStays = -s * Math.log1p(horizon / beta);
  const leaves = -Math.expm1(logStays);
  // Equal parts of those who leave within the horizon: when the part that has stayed is down to 1 - share.
  const spells = [...RULE.nodes].map((node, i) => ({
    weight: (leaves * RULE.weights[i]!) / 2,
    time: beta * Math.expm1(-Math.log1p((-leaves * (1 + node)) / 2) / s),
  }));
  return [...spells, { weight: Math.exp(logStays), time: horizon }];
}

/** Shares with at most 0, 1, 2, … orders, until `enough` is reached. Empty where the first is too small to start from. */
function walked(process: Process, spells: readonly Spell[], enough: number): number[] {
  const { r, alpha } = process;
  const share = Float64Array.from(spells, ({ time }) => time / (alpha + time));
  const exactly = Float64Array.from(spells, ({ time }) => Math.exp(-r * Math.log1p(time / alpha)));
  const at: number[] = [];
  if (exactly.some((first) => first < 1e-280)) return at;
  let counted = 0;
  let stays = 1;
  for (let count = 0; count < WALK_MAX; count++) {
    for (let i = 0; i < exactly.length; i++) {
      counted += spells[i]!.weight * exactly[i]!;
      exactly[i]! *= ((r + count) / (count + 1)) * share[i]!;
    }
    at.push(1 - Math.max(0, 1 - counted) * stays);
    if (at[count]! >= enough) return at;
    if (process.model === "bg_nbd") stays *= (process.b + count) / (process.a + process.b + count);
  }
  return at;
}

function halved(process: Process, spells: readonly Spell[], p: number, from: number): number {
  let [low, high] = [from - 1, Math.max(from, 1)];
  while (high < COUNT_MAX && atMost(process, spells, high) < p) [low, high] = [high, 2 * high];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (atMost(process, spells, middle) < p) low = middle;
    else high = middle;
  }
  return high;
}

/** Probability of at most `count` orders of a customer who is one now. */
function atMost(process: Process, spells: readonly Spell[], count: number): number {
  const { r, alpha } = process;
  let share = 0;
  for (const { weight, time } of spells)
    share += weight * incompleteBeta(alpha / (alpha + time), r, count + 1, time / (alpha + time));
  if (process.model === "pareto_nbd") return Math.min(1, share);
  const { a, b } = process;
  // More than `count` in a world where nobody leaves, and left after none of the first `count`.
  const stays = Math.exp(logBeta(a, b + count) - logBeta(a, b));
  return 1 - (1 - share) * stays;
}
