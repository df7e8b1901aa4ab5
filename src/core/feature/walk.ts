import type { CompiledParent } from "./compile.ts";
import type { FeatureContext, FeatureResult, StickyDocument, Track } from "./context.ts";

/** One evaluation under way: what it is asked with, and what it has met so far. */
export type Walk = {
  readonly context: FeatureContext;
  /** Flags being answered, each because the one before asked for it. */
  readonly path: string[];
  /** Experiments by chance that the unit was put into on the way. */
  readonly tracks: Track[];
  /** As changed on the way; `undefined`: buckets are not sticky. */
  documents: Readonly<Record<string, StickyDocument>> | undefined;
  /** Answers a flag on the way of this one. */
  readonly answer: (key: string) => FeatureResult;
};

/** How flags that decide about another one did. */
export type ParentsVerdict = "pass" | "skip" | "gate" | "cycle";

/** Asks the flags that decide, one after another, until one does not let through. */
export function askParents(parents: readonly CompiledParent[], walk: Walk): ParentsVerdict {
  for (const { id, passes, isGate } of parents) {
    const { source, value } = walk.answer(id);
    if (source === "cyclicPrerequisite") return "cycle";
    if (!passes({ value })) return isGate ? "gate" : "skip";
  }
  return "pass";
}
