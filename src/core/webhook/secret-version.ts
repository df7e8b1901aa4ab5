import type { EpochMs } from "../primitives/time.ts";

/**
 * One of an endpoint's secrets, by number. The secret itself is derived from the number and kept nowhere. A number is never
 * used twice for an id, not even after the endpoint was deleted: it is the moment of its making, or more.
 */
export type SecretVersion = {
  readonly version: number;
  /** Until when it signs beside its successor; `null` for the current one. */
  readonly until: EpochMs | null;
};

/** Signatures in one header, at most: each costs the receiver a comparison. */
const SIGNING_MAX = 4;

/** How long the previous secret goes on signing after a rotation, in hours. */
export const OVERLAP_HOURS_DEFAULT = 24;
export const OVERLAP_HOURS_MAX = 72;

export const firstSecret = (now: EpochMs): readonly SecretVersion[] => [{ version: now, until: null }];

/** Secrets that sign now, the current one first. */
export const signingSecrets = (secrets: readonly SecretVersion[], now: EpochMs): readonly SecretVersion[] =>
  secrets.filter(({ until }) => until === null || now < until);

/**
 * Puts a new secret first. The one it replaces goes on signing for the overlap, so that a receiver can change over
 * without losing a notice; with no overlap everything older is void at once.
 */
export function rotate(
  secrets: readonly SecretVersion[],
  now: EpochMs,
  overlapMs: number,
): readonly SecretVersion[] {
  const newest = Math.max(0, ...secrets.map(({ version }) => version));
  const older = signingSecrets(secrets, now)
    .map(({ version, until }) => ({ version, until: Math.min(until ?? Infinity, now + overlapMs) }))
    .filter(({ until }) => now < until);
  return [{ version: Math.max(now, newest + 1), until: null }, ...older].slice(0, SIGNING_MAX);
}
