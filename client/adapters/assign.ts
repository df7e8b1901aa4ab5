import { chooseVariation, getBucketRanges, hashBucket } from "../../src/core/experiment/bucket.ts";

/** A split of visitors that the page makes itself, without asking anybody. */
export type Split = {
  /** What the hash is salted with: the same in every place that must agree. */
  readonly seed: string;
  /** Names with their shares, adding up to 1; the first is the control. */
  readonly shares: readonly (readonly [name: string, share: number])[];
  /** Share of visitors who take part, 0 to 1. Default: 1. */
  readonly coverage?: number;
};

/**
 * On which side of a split this visitor is, by the Worker's own hash and ranges. Nothing for who takes no part, who has
 * not agreed, or whom the server has not named yet. It is no exposure: say `flag_seen` when what it changes was in view.
 * @example assign({ seed: "hero", shares: [["control", 0.5], ["b", 0.5]] }) // "b"
 */
export function assign({ seed, shares, coverage = 1 }: Split): string | undefined {
  let id: string | null = null;
  try {
    id = localStorage.getItem("concierge.visitor");
  } catch {
    // Where storage is forbidden nobody can be told from anybody.
  }
  if (!id) return undefined;
  const ranges = getBucketRanges(
    shares.length,
    coverage,
    shares.map(([, share]) => share),
  );
  return shares[chooseVariation(hashBucket(seed, id, 2), ranges)]?.[0];
}
