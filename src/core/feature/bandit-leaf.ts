import { getEqualWeights } from "../experiment/bucket.ts";
import { compiledLeaves, rangesOf, type CompiledExperiment } from "./compile.ts";
import type { FeatureContext } from "./context.ts";

/** Stands for the rule's own shares, where no leaf is for this unit. The specification's number. */
const NO_LEAF = -1;

/**
 * An experiment with the shares that a contextual bandit has for this unit: those of the first leaf whose condition
 * holds. Where the payload lacks the bandit, the experiment stays as it is.
 * Source: GrowthBook SDK specification 0.8.0, contextual bandits.
 */
export function withLeaf(
  compiled: CompiledExperiment,
  reference: string,
  { contextualBandits, attributes = {}, savedGroups }: FeatureContext,
): CompiledExperiment {
  if (contextualBandits === undefined || !Object.hasOwn(contextualBandits, reference)) return compiled;
  const bandit = contextualBandits[reference]!;
  const { experiment } = compiled;
  const leaf = compiledLeaves(bandit).find(({ matches }) => matches(attributes, savedGroups));
  const version = bandit.banditVersion === undefined ? {} : { banditVersion: bandit.banditVersion };
  if (leaf === undefined) {
    const variationWeights = experiment.weights ?? getEqualWeights(experiment.variations.length);
    const draw = { leafId: NO_LEAF, variationWeights, ...version };
    return { ...compiled, experiment: { ...experiment, contextualBandit: draw } };
  }
  const { weights } = leaf;
  const draw = { leafId: leaf.leafId, variationWeights: weights, ...version };
  return {
    ...compiled,
    experiment: { ...experiment, weights, contextualBandit: draw },
    ranges: rangesOf(experiment, weights),
  };
}
