import { fnv1a32 } from "../primitives/hash.ts";
import { HOUR_MS, MINUTE_MS, SECOND_MS, type EpochMs } from "../primitives/time.ts";

/**
 * How long after the previous try each try comes, in milliseconds: ten tries over 75 h 35 min 5 s.
 * Source: Standard Webhooks 1.0, "Deliverability and reliability".
 */
export const TRY_AFTER_MS: readonly number[] = [
  0,
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
];

/** Share of a wait that is added at most, so that what failed together does not come back together. */
const JITTER_MAX = 0.1;

/**
 * When a delivery that has failed so many times is tried again; `undefined` after the last try. Never sooner than the
 * schedule says, at most a tenth later; the same for the same delivery.
 * @param tries tries already made, 1 or more
 * @example nextTryAt("a", 10, 0) // undefined
 */
export function nextTryAt(delivery: string, tries: number, now: EpochMs): EpochMs | undefined {
  const wait = TRY_AFTER_MS[tries];
  if (wait === undefined) return undefined;
  const chance = fnv1a32(`${delivery} ${tries}`) / 4_294_967_296;
  return now + Math.round(wait * (1 + JITTER_MAX * chance));
}
