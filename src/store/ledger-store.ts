import type { Claims, Claim } from "../core/order/settle.ts";
import type { EpochMs } from "../core/primitives/time.ts";
import { CARDS_TABLE } from "./card-store.ts";
import { LOOKS_TABLE } from "./look-store.ts";
import type { Migrations } from "./migrations.ts";
import { RECEIPTS_TABLE } from "./receipts.ts";
import type { Storage } from "./sql.ts";
import { TALLIES_TABLE } from "./tally-store.ts";

export const LEDGER_MIGRATIONS: Migrations = [
  `
${TALLIES_TABLE}
${RECEIPTS_TABLE}
CREATE TABLE orders (key TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE burials (object TEXT NOT NULL PRIMARY KEY, at INTEGER NOT NULL, receipt TEXT NOT NULL, returned_at INTEGER) STRICT, WITHOUT ROWID;
CREATE TABLE owed (id INTEGER PRIMARY KEY, target TEXT NOT NULL, body TEXT NOT NULL) STRICT;
`,
  LOOKS_TABLE,
  CARDS_TABLE,
];

/** What the ledger knows of one order: who claims it, and who taught its basket. */
export type OrderRow = {
  readonly version: number;
  readonly claims: Claims;
  /** Up to which sequence of a party its word is known here, whether given by itself or by whoever took its place. */
  readonly heard: Readonly<Record<string, number>>;
  readonly learner?: string | undefined;
  /** The party that counts it now. */
  readonly home?: string | undefined;
  readonly contradicted: number;
};

export const newOrderRow = (): OrderRow => ({ version: 0, claims: {}, heard: {}, contradicted: 0 });

export function readOrder(storage: Storage, key: string): OrderRow | undefined {
  const [row] = storage.sql.exec<{ body: string }>("SELECT body FROM orders WHERE key = ?", key).toArray();
  return row && (JSON.parse(row.body) as OrderRow);
}

export function saveOrder(storage: Storage, key: string, order: OrderRow): void {
  if (Object.keys(order.claims).length === 0) storage.sql.exec("DELETE FROM orders WHERE key = ?", key);
  else
    storage.sql.exec(
      "INSERT INTO orders (key, body) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET body = excluded.body",
      key,
      JSON.stringify(order),
    );
}

/**
 * The order with one more claim: the newest of a party stands, and takes the place of whom it replaces. Parties report
 * independently of each other, so a claim that was replaced may come after its replacement, and a replacement after its
 * party has come back: the party's own sequence tells.
 */
export function withClaim(order: OrderRow, party: string, claim: Claim, seq: number): OrderRow {
  if ((order.heard[party] ?? 0) >= seq) return order;
  const claims: Record<string, Claim> = { ...order.claims };
  const heard: Record<string, number> = { ...order.heard, [party]: seq };
  const { replaces, ...rest } = claim;
  let { learner } = order;
  if (replaces !== undefined && (heard[replaces.party] ?? 0) <= replaces.upTo) {
    delete claims[replaces.party];
    heard[replaces.party] = replaces.upTo;
    if (learner === replaces.party) learner = party;
  }
  if (rest.isKnown) claims[party] = rest;
  else {
    delete claims[party];
    delete heard[party];
  }
  return { ...order, claims, heard, learner };
}

/** The order without a party that was erased: what they taught of it is forgotten too, so somebody else may teach it. */
export function withoutParty(order: OrderRow, party: string): OrderRow {
  const { [party]: _claim, ...claims } = order.claims;
  const { [party]: _heard, ...heard } = order.heard;
  return { ...order, claims, heard, learner: order.learner === party ? undefined : order.learner };
}

/** That somebody was erased: nothing of theirs is taken in again, except by a registration signed later. */
export type Burial = {
  readonly at: EpochMs;
  readonly receipt: string;
  readonly returnedAt: EpochMs | null;
};

export function readBurial(storage: Storage, object: string): Burial | undefined {
  const [row] = storage.sql
    .exec<{ at: number; receipt: string; returned_at: number | null }>(
      "SELECT at, receipt, returned_at FROM burials WHERE object = ?",
      object,
    )
    .toArray();
  return row && { at: row.at, receipt: row.receipt, returnedAt: row.returned_at };
}

export function saveBurial(storage: Storage, object: string, { at, receipt, returnedAt }: Burial): void {
  storage.sql.exec(
    "INSERT INTO burials (object, at, receipt, returned_at) VALUES (?, ?, ?, ?) ON CONFLICT (object) DO UPDATE SET at = max(at, excluded.at), receipt = excluded.receipt, returned_at = excluded.returned_at",
    object,
    at,
    receipt,
    returnedAt,
  );
}

export type BurialRow = Burial & { readonly object: string };

/** The erase ledger, a page at a time: to be copied with every backup, and given back before a restored copy serves. */
export function listBurials(storage: Storage, after: string, limit: number): BurialRow[] {
  return storage.sql
    .exec<{ object: string; at: number; receipt: string; returned_at: number | null }>(
      "SELECT object, at, receipt, returned_at FROM burials WHERE object > ? ORDER BY object LIMIT ?",
      after,
      limit,
    )
    .toArray()
    .map(({ object, at, receipt, returned_at: returnedAt }) => ({ object, at, receipt, returnedAt }));
}

/** What the ledger has to tell others, oldest first; forgotten when they have confirmed. */
export type Owed = { readonly id: number; readonly target: string; readonly body: string };

export function owe(storage: Storage, target: string, body: unknown): void {
  storage.sql.exec("INSERT INTO owed (target, body) VALUES (?, ?)", target, JSON.stringify(body));
}

export function owedNow(storage: Storage, limit: number): Owed[] {
  return storage.sql
    .exec<Owed & Record<string, SqlStorageValue>>(
      "SELECT id, target, body FROM owed ORDER BY id LIMIT ?",
      limit,
    )
    .toArray();
}

export function settleOwed(storage: Storage, id: number): void {
  storage.sql.exec("DELETE FROM owed WHERE id = ?", id);
}
