import type { Guess, Recommender } from "../recommender.ts";
import { noNumbers, numberOf } from "./numbering.ts";

/** Session-rec's POP: the items with the most clicks n, scored n ∕ (n + 1), the same for everybody. */
export function popular(): Recommender {
  const items = noNumbers();
  const clicks: number[] = [];
  let order: Guess[] | undefined;
  const ranked = () =>
    items.names
      .map((item, number) => ({ item, score: clicks[number]! / (clicks[number]! + 1) }))
      .sort((a, b) => b.score - a.score)
      .slice(0, 100);
  return {
    name: "POP",
    learn: ({ item }) => {
      const number = numberOf(items, item);
      clicks[number] = (clicks[number] ?? 0) + 1;
      order = undefined;
    },
    refresh: () => {},
    predict: (_, limit) => (order ??= ranked()).slice(0, limit),
    bytes: () => clicks.length * 4,
  };
}
