import type { KeyKind, Role } from "../core/access/role.ts";
import type { IdentityKey } from "../core/identity/identity.ts";
import type { EpochMs } from "../core/primitives/time.ts";
import type { Storage } from "./sql.ts";

/** What the keys of a site gained later: names of their own, roles, ends; and the keys that sign identities. */
export const KEY_TABLES = `
ALTER TABLE keys ADD COLUMN id TEXT NOT NULL DEFAULT '';
ALTER TABLE keys ADD COLUMN role TEXT NOT NULL DEFAULT '';
ALTER TABLE keys ADD COLUMN expires_at INTEGER;
ALTER TABLE keys ADD COLUMN last_used_day INTEGER;
UPDATE keys SET id = lower(hex(randomblob(6))), role = CASE kind WHEN 'pk' THEN 'page' WHEN 'sk' THEN 'server' ELSE 'owner' END;
CREATE TABLE identity_keys (kid TEXT NOT NULL PRIMARY KEY, alg TEXT NOT NULL, public_key TEXT, created_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

/** A key about to be kept: its digest, never itself. */
export type NewKey = {
  /** Names the key in lists and addresses; opens nothing. */
  readonly id: string;
  /** HMAC of the key in hex, 64 digits. */
  readonly digest: string;
  readonly kind: KeyKind;
  readonly role: Role;
  readonly label: string;
};

export type KeyRow = NewKey & {
  readonly createdAt: EpochMs;
  /** `null`: until it is revoked. */
  readonly expiresAt: EpochMs | null;
  /** UTC day since 1970 of its latest use; `null`: never used, as far as is known. */
  readonly lastUsedDay: number | null;
};

export function insertKey(storage: Storage, key: NewKey, now: EpochMs): void {
  storage.sql.exec(
    "INSERT INTO keys (digest, kind, label, created_at, id, role) VALUES (?, ?, ?, ?, ?, ?)",
    key.digest,
    key.kind,
    key.label,
    now,
    key.id,
    key.role,
  );
}

/** Keys that are neither revoked nor expired, the oldest first. */
export function liveKeys(storage: Storage, now: EpochMs): KeyRow[] {
  return storage.sql
    .exec<KeyRow & Record<string, SqlStorageValue>>(
      `SELECT id, digest, kind, role, label, created_at AS createdAt, expires_at AS expiresAt, last_used_day AS lastUsedDay
       FROM keys WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?) ORDER BY created_at, id`,
      now,
    )
    .toArray();
}

export function expireKey(storage: Storage, id: string, at: EpochMs): void {
  storage.sql.exec("UPDATE keys SET expires_at = ? WHERE id = ?", at, id);
}

export function revokeKey(storage: Storage, id: string, now: EpochMs): void {
  storage.sql.exec("UPDATE keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", now, id);
}

/** Notes that a key was used on a day; a day that is known already costs no row. */
export function markKeyUsed(storage: Storage, id: string, day: number): void {
  storage.sql.exec(
    "UPDATE keys SET last_used_day = ? WHERE id = ? AND (last_used_day IS NULL OR last_used_day < ?)",
    day,
    id,
    day,
  );
}

export type IdentityKeyRow = IdentityKey & { readonly createdAt: EpochMs };

/** The keys that are believed, the oldest first. */
export function readIdentityKeys(storage: Storage): IdentityKeyRow[] {
  return storage.sql
    .exec<IdentityKeyRow & Record<string, SqlStorageValue>>(
      "SELECT kid, alg, public_key AS publicKey, created_at AS createdAt FROM identity_keys ORDER BY created_at, kid",
    )
    .toArray();
}

export function insertIdentityKey(storage: Storage, key: IdentityKeyRow): void {
  storage.sql.exec(
    "INSERT INTO identity_keys (kid, alg, public_key, created_at) VALUES (?, ?, ?, ?)",
    key.kid,
    key.alg,
    key.publicKey,
    key.createdAt,
  );
}

/** @returns whether there was one */
export function deleteIdentityKey(storage: Storage, kid: string): boolean {
  return storage.sql.exec("DELETE FROM identity_keys WHERE kid = ?", kid).rowsWritten > 0;
}
