import { UsageError } from "../session/usage-error.ts";
import type { Basket, Baskets } from "./baskets.ts";

const DAY_MS = 86_400_000;

/** What is learned, what is guessed, and the moment between. */
export type Task = {
  readonly name: string;
  readonly cut: number;
  readonly train: readonly Basket[];
  readonly later: readonly Basket[];
  readonly known: ReadonlySet<string>;
  readonly typeOf: ReadonlyMap<string, string>;
};

/**
 * The last `cutDays` are guessed from all before. `back`: so many spans of `cutDays` at the end are left alone first; 1 is
 * the validation part, which lies wholly in what is learned from for the test.
 */
export function taskOf({ name, all, typeOf }: Baskets, cutDays: number, back: number): Task {
  const span = cutDays * DAY_MS;
  const end = all.length === 0 ? 0 : all.at(-1)!.at - back * span;
  const cut = end - span;
  const train = all.filter(({ at }) => at < cut);
  const later = all.filter(({ at }) => at >= cut && at <= end);
  if (train.length === 0 || later.length === 0) {
    throw new UsageError(
      `${name}: ${train.length} baskets before and ${later.length} in the ${cutDays} days to be guessed. Give a longer file, or fewer --cut-days.`,
    );
  }
  return { name, cut, train, later, known: new Set(train.flatMap(({ items }) => items)), typeOf };
}

/** A basket with one of its items picked by lot, always the same: neither the first line nor the best one. */
export type Trial = { readonly seed: string; readonly rest: readonly string[] };

/** The later baskets with two items at least that could be learned. */
export function trialsOf({ later, known }: Task): Trial[] {
  return later.flatMap((basket, place) => {
    const items = basket.items.filter((item) => known.has(item));
    if (items.length < 2) return [];
    const number = Number.parseInt(basket.id, 10);
    const seed = items[(Number.isSafeInteger(number) ? number : place) % items.length]!;
    return [{ seed, rest: items.filter((item) => item !== seed) }];
  });
}
