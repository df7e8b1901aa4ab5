import type { Alike } from "./neighbours.ts";

/** Answers kept for one world: some hundred bytes each. */
const KEPT_MAX = 4_000;

const kept = new WeakMap<object, Map<number, readonly Alike[]>>();

/**
 * A search's answer, searched for once for as long as its world stands: what an item is like hangs on catalog and model
 * alone, and a shop's pages ask about the same items again and again.
 * @param of what the answer follows from @param key tells the questions about it apart
 */
export function remembered(of: object, key: number, search: () => readonly Alike[]): readonly Alike[] {
  let answers = kept.get(of);
  if (!answers) kept.set(of, (answers = new Map()));
  let answer = answers.get(key);
  if (answer) return answer;
  answer = search();
  if (answers.size >= KEPT_MAX) answers.clear();
  answers.set(key, answer);
  return answer;
}
