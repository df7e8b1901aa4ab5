import type { CompiledConfig } from "../config/compile.ts";
import { pointerInto, type Problem } from "../problem/problem.ts";

/** Variations that somebody wants to look at, by their experiment's id. */
export type Forced = ReadonlyMap<string, string>;

export const NOTHING_FORCED: Forced = new Map();

/** A request's `force`, or `undefined` where it has none. */
export const forcedOf = (force: Readonly<Record<string, string>> | undefined): Forced | undefined =>
  force && new Map(Object.entries(force));

/**
 * What is wrong with what is forced: an experiment that the config does not hold, or a variation that it does not have.
 * To a page (`isTrusted` false) a draft is unknown: nobody may learn by guessing what a shop is about to try.
 * @example forceDefect(compileConfig(config, 1), new Map([["none", "a"]]), false)?.pointer // "/force/none"
 */
export function forceDefect(
  { experiments }: CompiledConfig,
  forced: Forced | undefined,
  isTrusted: boolean,
): Problem | undefined {
  for (const [id, variation] of forced ?? NOTHING_FORCED) {
    const found = experiments.find(({ experiment }) => experiment.id === id);
    const isKnown = found && (isTrusted || found.experiment.status !== "draft");
    if (isKnown && found.variations.has(variation)) continue;
    return {
      code: "body_invalid",
      pointer: pointerInto("/force", id),
      detail: isKnown
        ? "The experiment has no such variation."
        : "The config holds no such experiment, or it is a draft, which a page cannot look at.",
      cure: "Take names from the live config; drafts can be looked at with a preview link or a server key.",
    };
  }
  return undefined;
}
