import type { CatalogItem } from "../core/catalog/item.ts";
import type { IdentityKey } from "../core/identity/identity.ts";
import type { ItemId } from "../core/primitives/ids.ts";
import type { EpochMs } from "../core/primitives/time.ts";
import { KEY_TABLES, readIdentityKeys } from "./key-store.ts";
import type { Migrations } from "./migrations.ts";
import { SCHEDULE_TABLE } from "./schedule.ts";
import type { Storage } from "./sql.ts";

export type { KeyRow } from "./key-store.ts";

export const SITE_MIGRATIONS: Migrations = [
  `
CREATE TABLE site (one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL, origins TEXT NOT NULL, kind TEXT NOT NULL, created_at INTEGER NOT NULL, catalog_version INTEGER NOT NULL) STRICT;
CREATE TABLE revisions (revision INTEGER PRIMARY KEY, at INTEGER NOT NULL, author TEXT NOT NULL, message TEXT NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE drafts (id TEXT NOT NULL PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE items (id TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, body TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE keys (digest TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, label TEXT NOT NULL, created_at INTEGER NOT NULL, revoked_at INTEGER) STRICT, WITHOUT ROWID;
CREATE TABLE feed (one INTEGER PRIMARY KEY CHECK (one = 1), at INTEGER NOT NULL, outcome TEXT NOT NULL) STRICT;
CREATE TABLE audit (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, act TEXT NOT NULL) STRICT;
${SCHEDULE_TABLE}
`,
  KEY_TABLES,
];

export type SiteRow = {
  readonly id: string;
  readonly origins: readonly string[];
  readonly kind: "live" | "bench";
  readonly catalogVersion: number;
  /** What the shop's server signs its customers' identities with: at most two. */
  readonly identityKeys: readonly IdentityKey[];
};
export type Revision = {
  readonly revision: number;
  readonly at: EpochMs;
  readonly author: string;
  readonly message: string;
};

export function readSite(storage: Storage): SiteRow | undefined {
  const [row] = storage.sql
    .exec<{ id: string; origins: string; kind: string; catalog_version: number }>(
      "SELECT id, origins, kind, catalog_version FROM site WHERE one = 1",
    )
    .toArray();
  return (
    row && {
      id: row.id,
      origins: JSON.parse(row.origins),
      kind: row.kind as SiteRow["kind"],
      catalogVersion: row.catalog_version,
      identityKeys: readIdentityKeys(storage).map(({ kid, alg, publicKey }) => ({ kid, alg, publicKey })),
    }
  );
}

/** What a site is when it is made. */
export type NewSite = Pick<SiteRow, "id" | "origins" | "kind">;

export function insertSite(storage: Storage, site: NewSite, now: EpochMs): void {
  storage.sql.exec(
    "INSERT INTO site (one, id, origins, kind, created_at, catalog_version) VALUES (1, ?, ?, ?, ?, 0)",
    site.id,
    JSON.stringify(site.origins),
    site.kind,
    now,
  );
}

export function writeOrigins(storage: Storage, origins: readonly string[]): void {
  storage.sql.exec("UPDATE site SET origins = ? WHERE one = 1", JSON.stringify(origins));
}

export function latestRevision(storage: Storage): { revision: number; body: string } | undefined {
  return storage.sql
    .exec<{ revision: number; body: string }>(
      "SELECT revision, body FROM revisions ORDER BY revision DESC LIMIT 1",
    )
    .toArray()[0];
}

export function revisionBody(storage: Storage, revision: number): string | undefined {
  return storage.sql
    .exec<{ body: string }>("SELECT body FROM revisions WHERE revision = ?", revision)
    .toArray()[0]?.body;
}

export function insertRevision(storage: Storage, entry: Revision & { readonly body: string }): void {
  storage.sql.exec(
    "INSERT INTO revisions (revision, at, author, message, body) VALUES (?, ?, ?, ?, ?)",
    entry.revision,
    entry.at,
    entry.author,
    entry.message,
    entry.body,
  );
}

export function listRevisions(storage: Storage, limit: number): Revision[] {
  return storage.sql
    .exec<Revision & Record<string, SqlStorageValue>>(
      "SELECT revision, at, author, message FROM revisions ORDER BY revision DESC LIMIT ?",
      limit,
    )
    .toArray();
}

/** Keeps for good who changed what. `actor` is the label of the key that did it. */
export function note(storage: Storage, now: EpochMs, actor: string, act: string): void {
  storage.sql.exec("INSERT INTO audit (at, actor, act) VALUES (?, ?, ?)", now, actor, act);
}

export type Note = { readonly at: EpochMs; readonly actor: string; readonly act: string };

/** The latest changes, the newest first. */
export function listNotes(storage: Storage, limit: number): Note[] {
  return storage.sql
    .exec<Note & Record<string, SqlStorageValue>>(
      "SELECT at, actor, act FROM audit ORDER BY seq DESC LIMIT ?",
      limit,
    )
    .toArray();
}

/** Writes the rows that differ from what is stored under the next catalog version; unchanged rows cost nothing. */
export function putItems(
  storage: Storage,
  items: readonly CatalogItem[],
  retired: readonly ItemId[],
): { changed: number; removed: number } {
  const version = (readSite(storage)?.catalogVersion ?? 0) + 1;
  const rows = JSON.stringify(items.map((item) => [item.id, JSON.stringify(item)]));
  const changed = storage.sql.exec(
    `INSERT INTO items (id, version, body) SELECT json_extract(value, '$[0]'), ?, json_extract(value, '$[1]') FROM json_each(?) WHERE true
     ON CONFLICT (id) DO UPDATE SET version = excluded.version, body = excluded.body WHERE body IS NOT excluded.body`,
    version,
    rows,
  ).rowsWritten;
  const removed = storage.sql.exec(
    "UPDATE items SET version = ?, body = NULL WHERE body IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
    version,
    JSON.stringify(retired),
  ).rowsWritten;
  if (changed + removed > 0) storage.sql.exec("UPDATE site SET catalog_version = ? WHERE one = 1", version);
  return { changed, removed };
}

/** The stored rows of these items. */
export function readItems(storage: Storage, ids: readonly ItemId[]): Map<ItemId, CatalogItem> {
  const rows = storage.sql.exec<{ id: string; body: string }>(
    "SELECT id, body FROM items WHERE body IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
    JSON.stringify(ids),
  );
  return new Map(rows.toArray().map(({ id, body }) => [id, JSON.parse(body) as CatalogItem]));
}

export function liveItemIds(storage: Storage): ItemId[] {
  return storage.sql
    .exec<{ id: string }>("SELECT id FROM items WHERE body IS NOT NULL")
    .toArray()
    .map((row) => row.id);
}

/** The live items of each product type; sensitive ones are of none. */
export function itemsByType(storage: Storage): Map<string, ItemId[]> {
  const rows = storage.sql.exec<{ id: string; type: string }>(
    "SELECT id, json_extract(body, '$.type') AS type FROM items WHERE body IS NOT NULL AND json_extract(body, '$.type') IS NOT NULL AND json_extract(body, '$.sensitive') IS NOT 1",
  );
  const byType = new Map<string, ItemId[]>();
  for (const { id, type } of rows) {
    const items = byType.get(type);
    if (items) items.push(id);
    else byType.set(type, [id]);
  }
  return byType;
}

export type ItemChange = { readonly id: ItemId; readonly version: number; readonly body: string | null };

/** Changes since a catalog version, oldest id first, a page at a time. */
export function itemsSince(storage: Storage, version: number, after: ItemId, limit: number): ItemChange[] {
  return storage.sql
    .exec<ItemChange & Record<string, SqlStorageValue>>(
      "SELECT id, version, body FROM items WHERE id > ? AND version > ? ORDER BY id LIMIT ?",
      after,
      version,
      limit,
    )
    .toArray();
}

/** How the last fetch of the scheduled feed went. */
export type FeedRun = { readonly at: EpochMs; readonly outcome: string };

export function saveFeedRun(storage: Storage, run: FeedRun): void {
  storage.sql.exec(
    "INSERT INTO feed (one, at, outcome) VALUES (1, ?, ?) ON CONFLICT (one) DO UPDATE SET at = excluded.at, outcome = excluded.outcome",
    run.at,
    run.outcome,
  );
}

export function lastFeedRun(storage: Storage): FeedRun | undefined {
  return storage.sql
    .exec<FeedRun & Record<string, SqlStorageValue>>("SELECT at, outcome FROM feed WHERE one = 1")
    .toArray()[0];
}
