/** Sums over predictions. Means come from `meansOf`. */
export type Accuracy = {
  predictions: number;
  hits: number;
  reciprocalRanks: number;
  precisions: number;
  recalls: number;
  averagePrecisions: number;
  popularities: number;
  readonly shown: Set<string>;
};

/** How many items of a list count. */
export const LIST = 20;

/** Nothing predicted yet. */
export const noAccuracy = (): Accuracy => ({
  predictions: 0,
  hits: 0,
  reciprocalRanks: 0,
  precisions: 0,
  recalls: 0,
  averagePrecisions: 0,
  popularities: 0,
  shown: new Set(),
});

/**
 * Counts one list against the rest of its session, the next item first. Hit and reciprocal rank are about the next item;
 * precision (of 20, whatever the list's length), recall (of all clicks left, repeats too) and average precision about
 * all. Average precision is session-rec's: precision × recall gained, summed over the list's beginnings of 0 to 19 items,
 * each precision divided by 20. `popularityOf`: an item's clicks ∕ those of the most clicked one.
 */
export function countList(
  accuracy: Accuracy,
  list: readonly string[],
  rest: readonly string[],
  popularityOf: (item: string) => number,
): void {
  const rank = list.indexOf(rest[0]!) + 1;
  accuracy.predictions += 1;
  if (rank > 0) {
    accuracy.hits += 1;
    accuracy.reciprocalRanks += 1 / rank;
  }
  const relevant = new Set(rest);
  let found = 0;
  let popularity = 0;
  for (const [place, item] of list.entries()) {
    accuracy.shown.add(item);
    popularity += popularityOf(item);
    if (!relevant.has(item)) continue;
    found += 1;
    if (place < LIST - 1) accuracy.averagePrecisions += found / LIST / rest.length;
  }
  accuracy.precisions += found / LIST;
  accuracy.recalls += found / rest.length;
  accuracy.popularities += list.length > 0 ? popularity / list.length : 0;
}

const round = (value: number) => Number(value.toFixed(4));

/** The figures over all predictions, all between 0 and 1. `items`: how many could have been shown. */
export function meansOf(accuracy: Accuracy, items: number) {
  const mean = (sum: number) => round(sum / accuracy.predictions);
  return {
    hr20: mean(accuracy.hits),
    mrr20: mean(accuracy.reciprocalRanks),
    precision20: mean(accuracy.precisions),
    recall20: mean(accuracy.recalls),
    map20: mean(accuracy.averagePrecisions),
    coverage: round(accuracy.shown.size / items),
    popularity: mean(accuracy.popularities),
  };
}
