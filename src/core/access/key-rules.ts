import type { EpochMs } from "../primitives/time.ts";
import type { Problem } from "../problem/problem.ts";
import type { KeyKind, Role } from "./role.ts";

/** Keys of one kind and label that live at once: the one in use, and the one it is being replaced by. */
export const KEYS_PER_LABEL_MAX = 2;
/** Live keys of a site. Every isolate keeps them all. */
export const KEYS_MAX = 50;
/** Hours that a rotated key may go on for: a week is long enough for the slowest deployment. */
export const GRACE_HOURS_MAX = 168;
/** Identity keys of a site that live at once. */
export const IDENTITY_KEYS_MAX = 2;

/** What the rules need to know of a live key. */
export type LiveKey = {
  readonly id: string;
  readonly kind: KeyKind;
  readonly role: Role;
  readonly label: string;
  /** `null`: until it is revoked. */
  readonly expiresAt: EpochMs | null;
};

/** Why another key may not be made beside the live ones. Problem: `keys_too_many`. */
export function additionDefect(
  live: readonly LiveKey[],
  key: { readonly kind: KeyKind; readonly label: string },
): Problem | undefined {
  const alike = live.filter((one) => one.kind === key.kind && one.label === key.label).length;
  if (alike >= KEYS_PER_LABEL_MAX)
    return {
      code: "keys_too_many",
      pointer: "/label",
      detail: `At most ${KEYS_PER_LABEL_MAX} keys of one kind and label may live at once.`,
      cure: "DELETE /v1/keys/:id ends the one that is no longer used, or wait until it expires.",
    };
  if (live.length >= KEYS_MAX)
    return {
      code: "keys_too_many",
      detail: `A site may have at most ${KEYS_MAX} live keys.`,
      cure: "GET /v1/keys shows which were not used lately; DELETE /v1/keys/:id ends one.",
    };
  return undefined;
}

/**
 * Why a key may not be revoked: without an owner key that lasts, nobody could ever make one again. An owner key that is
 * about to expire does not count. Problems: `key_not_found`, `key_last_owner`.
 */
export function revocationDefect(live: readonly LiveKey[], id: string): Problem | undefined {
  const key = live.find((one) => one.id === id);
  if (!key) return keyNotFound;
  if (key.role !== "owner") return undefined;
  const anotherLasts = live.some((one) => one.role === "owner" && one.id !== id && one.expiresAt === null);
  return anotherLasts
    ? undefined
    : {
        code: "key_last_owner",
        detail: "This is the site's last owner key; without one nobody could make keys any more.",
        cure: 'Make another with POST /v1/keys {"kind":"ak","role":"owner","label":"…"}, or rotate this one, then revoke it.',
      };
}

export const keyNotFound: Problem = {
  code: "key_not_found",
  detail: "This site has no live key of that id.",
  cure: "GET /v1/keys lists the site's keys with their ids, GET /v1/identity-keys those for identities.",
};

/** When a rotated key ends: after the grace, and never later than it would have. @param graceHours 0 to 168 */
export function endOfGrace(key: Pick<LiveKey, "expiresAt">, now: EpochMs, graceHours: number): EpochMs {
  const end = now + graceHours * 3_600_000;
  return key.expiresAt === null ? end : Math.min(key.expiresAt, end);
}
