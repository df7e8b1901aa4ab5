import { cardOf, isNews } from "../card/make-card.ts";
import type { ShelfChange } from "../catalog/shelf-change.ts";
import { permits } from "../consent/consent.ts";
import type { World } from "../decide/world.ts";
import type { EpochMs } from "../primitives/time.ts";
import type { LoggedEvent } from "../profile/logged.ts";
import type { Place } from "./attention.ts";
import type { Whole } from "./customer.ts";
import type { Effects, LogRow } from "./log-row.ts";

/** What came before segments and triggers are looked at. */
export type Turn = {
  readonly now: EpochMs;
  /** Sequence of the row that the turn writes. */
  readonly seq: number;
  /** The customer's object id. */
  readonly subject: string;
  /** What came in, in the order in which it counts. */
  readonly accepted: readonly LoggedEvent[];
  /** Whether more changed than `accepted`: something late, a merge, a withdrawal. Everything is then counted anew. */
  readonly isRefolded: boolean;
  /** It is a file about the past: nothing is to be set off by it. */
  readonly isHistorical: boolean;
  readonly shelf: readonly ShelfChange[];
  readonly place?: Place | undefined;
  readonly device?: string | undefined;
  /** The log, this turn's row included. */
  rows(): Iterable<LogRow>;
};

/** A turn in which nothing came in. */
export const quietTurn = (given: Pick<Turn, "now" | "seq" | "subject" | "rows"> & Partial<Turn>): Turn => ({
  accepted: [],
  isRefolded: false,
  isHistorical: false,
  shelf: [],
  ...given,
});

/**
 * What follows from what is known of a customer now: segments, triggers, and what the site's ledger is told of them.
 * Changes the customer's attention, and adds to the effects.
 * @param world what the site says; absent while it cannot be asked: then only what needs nothing of it is done
 * @returns whether anything has to leave
 */
export function attend(customer: Whole, world: World | undefined, turn: Turn, effects: Effects): boolean {
  const { attention } = customer;
  const { now, seq } = turn;
  if (permits(customer.consent, "personalization", now)) {
    if (turn.place) attention.place = turn.place;
    if (turn.device !== undefined) attention.device = turn.device;
  } else {
    attention.place = undefined;
    attention.device = undefined;
  }
  const card = cardOf(
    customer,
    attention.segments.map(([id]) => id),
    world,
    now,
  );
  const isTold = isNews(attention.card, card, now);
  if (isTold) attention.card = { at: now, seq, body: card };
  return isTold || effects.notices.length > 0;
}
