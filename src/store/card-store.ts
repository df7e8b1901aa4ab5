import type { Card } from "../core/card/card.ts";
import type { DayFlows } from "../core/insight/flow.ts";
import type { ItemId } from "../core/primitives/ids.ts";
import { firstRow, type Storage } from "./sql.ts";

export const CARDS_TABLE = `
CREATE TABLE cards (object TEXT NOT NULL PRIMARY KEY, seq INTEGER NOT NULL, body TEXT NOT NULL, watch TEXT NOT NULL, counted INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE watches (item TEXT NOT NULL, object TEXT NOT NULL, PRIMARY KEY (item, object)) STRICT, WITHOUT ROWID;
CREATE TABLE flows (day INTEGER NOT NULL PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

/** A card on its way, or that there is none any more. `seq`: of the row with which it changed. */
export type CardNews = {
  readonly seq: number;
  readonly card: Card | null;
  /** Items whose price and stock the customer wants to hear of. */
  readonly watch: readonly ItemId[];
};

export type CardRow = { readonly object: string; readonly card: Card };
export type StoredCard = {
  readonly seq: number;
  readonly card: Card | null;
  readonly watch: readonly ItemId[];
  /** UTC day number on which a change of theirs was last counted; 0: never. */
  readonly counted: number;
};

export function readCard(storage: Storage, object: string): StoredCard | undefined {
  const row = firstRow<{ seq: number; body: string; watch: string; counted: number }>(
    storage.sql,
    "SELECT seq, body, watch, counted FROM cards WHERE object = ?",
    object,
  );
  return (
    row && {
      seq: row.seq,
      card: JSON.parse(row.body) as Card | null,
      watch: JSON.parse(row.watch) as ItemId[],
      counted: row.counted,
    }
  );
}

/** The latest card stands; whoever became somebody else leaves an empty one, so that an older card does not come back. */
export function saveCard(storage: Storage, object: string, { seq, card, watch, counted }: StoredCard): void {
  storage.sql.exec(
    "INSERT INTO cards (object, seq, body, watch, counted) VALUES (?, ?, ?, ?, ?) ON CONFLICT (object) DO UPDATE SET seq = excluded.seq, body = excluded.body, watch = excluded.watch, counted = excluded.counted",
    object,
    seq,
    JSON.stringify(card),
    JSON.stringify(watch),
    counted,
  );
}

export function dropCard(storage: Storage, object: string): void {
  storage.sql.exec("DELETE FROM cards WHERE object = ?", object);
}

/** Notes which items somebody watches, as a difference to what they watched. */
export function saveWatch(
  storage: Storage,
  object: string,
  before: readonly ItemId[],
  after: readonly ItemId[],
): void {
  for (const item of before)
    if (!after.includes(item))
      storage.sql.exec("DELETE FROM watches WHERE item = ? AND object = ?", item, object);
  for (const item of after)
    if (!before.includes(item))
      storage.sql.exec("INSERT OR IGNORE INTO watches (item, object) VALUES (?, ?)", item, object);
}

/** Who watches an item. */
export const watchersOf = (storage: Storage, item: ItemId): string[] =>
  storage.sql
    .exec<{ object: string }>("SELECT object FROM watches WHERE item = ?", item)
    .toArray()
    .map(({ object }) => object);

/** Cards by object id, a page at a time. */
export function listCards(storage: Storage, after: string, limit: number): CardRow[] {
  return storage.sql
    .exec<{ object: string; body: string }>(
      "SELECT object, body FROM cards WHERE object > ? AND body <> 'null' ORDER BY object LIMIT ?",
      after,
      limit,
    )
    .toArray()
    .map(({ object, body }) => ({ object, card: JSON.parse(body) as Card }));
}

/** Objects that have a card or had one, a page at a time. */
export const listPeople = (storage: Storage, after: string, limit: number): string[] =>
  storage.sql
    .exec<{ object: string }>(
      "SELECT object FROM cards WHERE object > ? ORDER BY object LIMIT ?",
      after,
      limit,
    )
    .toArray()
    .map(({ object }) => object);

export const countCards = (storage: Storage): number =>
  storage.sql.exec<{ n: number }>("SELECT COUNT(*) AS n FROM cards WHERE body <> 'null'").one().n;

/** What a day did to customer equity, by currency, and what was there at its end. */
export type FlowDay = {
  readonly flows: Readonly<Record<string, DayFlows>>;
  /** At the end of the day. Absent while the day runs, and where nobody added up. */
  readonly closing?: Readonly<Record<string, { readonly minor: number; readonly customers: number }>>;
  /** What a new fit changed, by currency. */
  readonly revalued?: Readonly<Record<string, number>>;
};

export function readFlowDay(storage: Storage, day: number): FlowDay {
  const row = firstRow<{ body: string }>(storage.sql, "SELECT body FROM flows WHERE day = ?", day);
  return row ? (JSON.parse(row.body) as FlowDay) : { flows: {} };
}

export function saveFlowDay(storage: Storage, day: number, flows: FlowDay): void {
  storage.sql.exec(
    "INSERT INTO flows (day, body) VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET body = excluded.body",
    day,
    JSON.stringify(flows),
  );
}

/** Days since one, ascending. */
export function listFlowDays(storage: Storage, since: number): (FlowDay & { readonly day: number })[] {
  return storage.sql
    .exec<{ day: number; body: string }>("SELECT day, body FROM flows WHERE day >= ? ORDER BY day", since)
    .toArray()
    .map(({ day, body }) => ({ day, ...(JSON.parse(body) as FlowDay) }));
}
