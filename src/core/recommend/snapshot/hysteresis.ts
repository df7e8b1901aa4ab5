/**
 * Told numbers stand still while the counted ones move, so that watching what is told does not show what one person just
 * did. They move in steps: each is twice the one before, so the next one is as many people away as there were by the
 * last. Where the steps lie is different for every number and unknown to whoever watches: it follows from the labels of
 * the first people behind it, which were minted at random. The same counters always tell the same.
 *
 * Calandrino et al., "You might also like: privacy risks of collaborative filtering" (2011), is the attack;
 * `bench:poison -- --differencing` plays it.
 */
const STEP = 2;

/**
 * Where the steps of one number lie, in [0, 1).
 * @param labels of the first people behind it, `count` of them from `at`
 * @param salt tells numbers apart that the same people stand behind
 */
export function phaseOf(labels: Uint8Array | Uint16Array, at: number, count: number, salt: number): number {
  let hash = Math.imul(salt + 1, 0x9e3779b1);
  for (let i = at; i < at + count; i++) hash = Math.imul(hash ^ labels[i]!, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

/**
 * The last step at or below a weight; 0 for none.
 * @example toldWeight(13, 0) // 8
 * @example toldWeight(13, 0.5) // 11.31
 */
export function toldWeight(weight: number, phase: number): number {
  if (!(weight > 0)) return 0;
  return STEP ** (Math.floor(Math.log(weight) / Math.log(STEP) - phase) + phase);
}

/**
 * As many as may be told of a count: never more than there are, and never fewer than `least`, which may always be told.
 * @example toldCount(13, 0.5, 5) // 11
 * @example toldCount(6, 0, 5) // 5
 */
export function toldCount(count: number, phase: number, least: number): number {
  return count <= least ? count : Math.max(least, Math.floor(toldWeight(count, phase) + 1e-9));
}
