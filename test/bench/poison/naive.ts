import { median, tailFor, targetsOf, timesSold } from "./shop.ts";

/**
 * The attack on a shop that ranks by cosine, as most do: how many baskets of a bestseller and a tail item put the tail
 * item into the bestseller's list of ten. Exact counts, no defence.
 */
export function naiveAttack(baskets: readonly (readonly string[])[], rounds: number): number {
  const sold = timesSold(baskets);
  const { tops, tails } = targetsOf(sold);
  const together = new Map(tops.map((top) => [top, new Map<string, number>()]));
  for (const items of baskets)
    for (const top of items) {
      const row = together.get(top);
      if (row) for (const item of items) if (item !== top) row.set(item, (row.get(item) ?? 0) + 1);
    }
  const needed: number[] = [];
  for (const [place, top] of tops.entries())
    for (let round = 0; round < rounds; round++) {
      const tail = tailFor(tails, place, round);
      const row = together.get(top)!;
      const cosine = (both: number, other: number, fakes: number) =>
        both / Math.sqrt((sold.get(top)! + fakes) * other);
      let fakes = 0;
      for (let better = 10; better >= 10; fakes++) {
        const mine = cosine((row.get(tail) ?? 0) + fakes, sold.get(tail)! + fakes, fakes);
        better = 0;
        for (const [other, both] of row)
          if (other !== tail && cosine(both, sold.get(other)!, fakes) > mine) better++;
      }
      needed.push(fakes - 1);
    }
  return median(needed);
}
