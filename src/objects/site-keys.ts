import {
  additionDefect,
  endOfGrace,
  IDENTITY_KEYS_MAX,
  keyNotFound,
  revocationDefect,
} from "../core/access/key-rules.ts";
import type { IdentityKey } from "../core/identity/identity.ts";
import type { EpochMs } from "../core/primitives/time.ts";
import type { Problem } from "../core/problem/problem.ts";
import {
  deleteIdentityKey,
  expireKey,
  insertIdentityKey,
  insertKey,
  liveKeys,
  readIdentityKeys,
  revokeKey,
  type IdentityKeyRow,
  type KeyRow,
  type NewKey,
} from "../store/key-store.ts";
import { note } from "../store/site-store.ts";
import type { Storage } from "../store/sql.ts";

/** A key and the one that takes its place. */
export type Replaced = { readonly made: KeyRow; readonly endsAt: EpochMs };

const inWords = (key: Pick<NewKey, "id" | "role" | "label">): string =>
  `${key.role} key "${key.label}" (${key.id})`;

/** Keeps a new key, if there is room beside the live ones. One transaction, audited, like everything here. */
export function addKey(storage: Storage, key: NewKey, actor: string, now: EpochMs): KeyRow | Problem {
  return storage.transactionSync(() => {
    const defect = additionDefect(liveKeys(storage, now), key);
    if (defect) return defect;
    insertKey(storage, key, now);
    note(storage, now, actor, `made ${inWords(key)}`);
    return rowOf(key, now);
  });
}

/** Puts a key of the same kind, role and label in a key's place; the old one goes on until the grace is over. */
export function replaceKey(
  storage: Storage,
  id: string,
  fresh: Pick<NewKey, "id" | "digest">,
  graceHours: number,
  actor: string,
  now: EpochMs,
): Replaced | Problem {
  return storage.transactionSync(() => {
    const live = liveKeys(storage, now);
    const old = live.find((key) => key.id === id);
    if (!old) return keyNotFound;
    const endsAt = endOfGrace(old, now, graceHours);
    // Without any grace the old key is gone at once, and makes room.
    const beside = endsAt > now ? live : live.filter((key) => key.id !== id);
    const key: NewKey = { ...fresh, kind: old.kind, role: old.role, label: old.label };
    const defect = additionDefect(beside, key);
    if (defect) return defect;
    insertKey(storage, key, now);
    expireKey(storage, id, endsAt);
    note(storage, now, actor, `rotated ${inWords(old)} into ${fresh.id}, grace ${graceHours} h`);
    return { made: rowOf(key, now), endsAt };
  });
}

export function endKey(storage: Storage, id: string, actor: string, now: EpochMs): Problem | undefined {
  return storage.transactionSync(() => {
    const live = liveKeys(storage, now);
    const defect = revocationDefect(live, id);
    if (defect) return defect;
    revokeKey(storage, id, now);
    note(storage, now, actor, `revoked ${inWords(live.find((key) => key.id === id)!)}`);
    return undefined;
  });
}

export function addIdentityKey(
  storage: Storage,
  key: IdentityKey,
  actor: string,
  now: EpochMs,
): IdentityKeyRow | Problem {
  return storage.transactionSync(() => {
    if (readIdentityKeys(storage).length >= IDENTITY_KEYS_MAX)
      return {
        code: "keys_too_many",
        detail: `At most ${IDENTITY_KEYS_MAX} identity keys may live at once: the one in use and its successor.`,
        cure: "DELETE /v1/identity-keys/:kid ends the one your server no longer signs with.",
      } satisfies Problem;
    const row = { ...key, createdAt: now };
    insertIdentityKey(storage, row);
    note(storage, now, actor, `made identity key ${key.kid} (${key.alg})`);
    return row;
  });
}

export function endIdentityKey(
  storage: Storage,
  kid: string,
  actor: string,
  now: EpochMs,
): Problem | undefined {
  return storage.transactionSync(() => {
    if (!deleteIdentityKey(storage, kid)) return keyNotFound;
    note(storage, now, actor, `revoked identity key ${kid}`);
    return undefined;
  });
}

const rowOf = (key: NewKey, now: EpochMs): KeyRow => ({
  ...key,
  createdAt: now,
  expiresAt: null,
  lastUsedDay: null,
});
