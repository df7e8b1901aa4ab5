import type { EpochMs } from "../primitives/time.ts";
import type { Decided } from "./decide.ts";
import type { World } from "./world.ts";

/** Rules begin and end by the clock: an answer is given again for at most so long. */
const AGE_MS_MAX = 1_000;
/** Answers kept for one world: some thousand bytes each. */
const KEPT_MAX = 1_000;

type Kept = { readonly at: EpochMs; readonly decided: readonly Decided[] };
const kept = new WeakMap<World, Map<string, Kept>>();

/**
 * What is decided for nobody in particular hangs on the page alone, so many who ask before they have consented get one answer.
 * @param question all that was asked, as text @param make decides
 */
export function forNobody(
  world: World,
  question: string,
  now: EpochMs,
  make: () => readonly Decided[],
): readonly Decided[] {
  let answers = kept.get(world);
  if (!answers) kept.set(world, (answers = new Map()));
  const known = answers.get(question);
  if (known && now - known.at < AGE_MS_MAX && now >= known.at) return known.decided;
  const decided = make();
  if (answers.size >= KEPT_MAX) answers.clear();
  answers.set(question, { at: now, decided });
  return decided;
}
