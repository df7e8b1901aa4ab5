import type { Trial } from "./task.ts";

/** Anything that finds ten complements of some items, best first, none of those among them. */
export type Contender = {
  readonly name: string;
  complements(seeds: readonly string[], limit: number): readonly string[];
};

export const LIST = 10;

export type Figures = {
  readonly seedHr10: number;
  readonly precision10: number;
  readonly coverage: number;
  readonly basketHr10: number;
  readonly basketMrr10: number;
  readonly usP50: number;
  readonly usP99: number;
};

const round = (value: number, digits = 4) => Number(value.toFixed(digits));
const quantile = (sorted: Float64Array, share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/**
 * Each basket twice. Seed: one item asks for ten others; is one of them in the basket, how many are, and how many
 * different items of the shop are shown in all? Basket: all but that item ask; is it among the ten, and where? Times are
 * of the seed's question.
 */
export function measure(contender: Contender, trials: readonly Trial[], items: number): Figures {
  const tally = { hit: 0, found: 0, held: 0, ranks: 0 };
  const shown = new Set<string>();
  const us = new Float64Array(trials.length);
  for (const [i, { seed, rest }] of trials.entries()) {
    const from = performance.now();
    const list = contender.complements([seed], LIST);
    us[i] = (performance.now() - from) * 1000;
    const hits = list.filter((item) => rest.includes(item)).length;
    for (const item of list) shown.add(item);
    tally.found += hits;
    if (hits > 0) tally.hit += 1;
    const rank = contender.complements(rest, LIST).indexOf(seed) + 1;
    if (rank > 0) tally.held += 1;
    if (rank > 0) tally.ranks += 1 / rank;
  }
  us.sort();
  const n = Math.max(1, trials.length);
  return {
    seedHr10: round(tally.hit / n),
    precision10: round(tally.found / n / LIST),
    coverage: round(shown.size / Math.max(1, items), 3),
    basketHr10: round(tally.held / n),
    basketMrr10: round(tally.ranks / n),
    usP50: round(quantile(us, 0.5), 1),
    usP99: round(quantile(us, 0.99), 1),
  };
}
