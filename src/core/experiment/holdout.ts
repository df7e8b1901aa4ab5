import { hashBucket } from "./bucket.ts";

/** The share of units never personalized at all, and the seed that picks them. */
export type Holdout = { readonly share: number; readonly seed: string };

/**
 * Whether a unit is held out. Raising the share only adds units; the resolution is 0.0001. Without a unit (an empty
 * text) there is nobody to hold out. The prefix, which no experiment id can have, keeps the holdout independent of an
 * experiment that happens to be called like its seed.
 * @example inHoldout("visitor-1", { share: 1, seed: "holdout" }) // true
 */
export function inHoldout(unit: string, holdout: Holdout): boolean {
  return unit !== "" && hashBucket(`holdout:${holdout.seed}`, unit, 2) < holdout.share;
}
