import type { World } from "../world.ts";
import type { Candidate } from "./strategy.ts";

/** Answers kept for one world: some thousand bytes each. */
const KEPT_MAX = 500;

/**
 * A memory for what a strategy makes of a page whoever asks: what hangs on the shop alone is worked out once, until catalog, model
 * or config change. Each strategy has one of its own; beyond 500 answers it begins anew.
 */
export function keptAnswers(): (world: World, key: string, make: () => readonly Candidate[]) => Candidate[] {
  const kept = new WeakMap<World, Map<string, readonly Candidate[]>>();
  return (world, key, make) => {
    let answers = kept.get(world);
    if (!answers) kept.set(world, (answers = new Map()));
    let known = answers.get(key);
    if (!known) {
      if (answers.size >= KEPT_MAX) answers.clear();
      answers.set(key, (known = make()));
    }
    return [...known];
  };
}
