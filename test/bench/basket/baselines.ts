import { significance } from "../../../src/core/recommend/score/significance.ts";
import type { ExactPairs } from "./exact-pairs.ts";
import type { Contender } from "./measure.ts";

/** How much a pair is worth: baskets with both, with the seed, with the other, and all. */
type Score = (both: number, seed: number, other: number, all: number) => number;

const SCORES: Readonly<Record<string, Score>> = {
  confidence: (both, seed) => both / seed,
  cosine: (both, seed, other) => both / Math.sqrt(seed * other),
  LLR: significance,
};

/** What the product is compared with, out of exact and unbounded counts: no reference has to be small or private. */
export function baselines(pairs: ExactPairs): Contender[] {
  return [popularity(pairs), ...Object.entries(SCORES).map(([name, score]) => byScore(name, pairs, score))];
}

function popularity({ ids, counts }: ExactPairs): Contender {
  const order = [...counts.keys()].sort((a, b) => counts[b]! - counts[a]!).map((item) => ids[item]!);
  return {
    name: "popularity",
    complements: (seeds, limit) => {
      const list: string[] = [];
      for (const item of order) {
        if (list.length === limit) break;
        if (!seeds.includes(item)) list.push(item);
      }
      return list;
    },
  };
}

function byScore(name: string, pairs: ExactPairs, score: Score): Contender {
  const { ids, indexOf, counts, baskets } = pairs;
  const sums = new Float64Array(ids.length);
  return {
    name,
    complements: (seeds, limit) => {
      const known = seeds.flatMap((seed) => indexOf.get(seed) ?? []);
      const touched: number[] = [];
      for (const seed of known) {
        const { items, times } = pairs.of(seed);
        for (const [i, item] of items.entries()) {
          const amount = score(times[i]!, counts[seed]!, counts[item]!, baskets);
          if (amount <= 0) continue;
          if (sums[item] === 0) touched.push(item);
          sums[item]! += amount;
        }
      }
      for (const seed of known) sums[seed] = -1;
      const best = topOf(touched, sums, limit);
      for (const item of [...touched, ...known]) sums[item] = 0;
      return best.map((item) => ids[item]!);
    },
  };
}

function topOf(items: readonly number[], scores: Float64Array, limit: number): number[] {
  const best: number[] = [];
  for (const item of items) {
    const score = scores[item]!;
    if (score <= 0 || (best.length === limit && score <= scores[best[limit - 1]!]!)) continue;
    let place = best.length < limit ? best.push(item) - 1 : limit - 1;
    for (; place > 0 && scores[best[place - 1]!]! < score; place--) best[place] = best[place - 1]!;
    best[place] = item;
  }
  return best;
}
