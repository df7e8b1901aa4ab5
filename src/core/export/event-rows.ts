import type { EpochMs } from "../primitives/time.ts";
import { MAY_LEARN, MAY_NOTE, type LoggedEvent, type Provenance } from "../profile/logged.ts";
import { isOrderEvent } from "../order/order.ts";
import { column, type RowOf } from "./column.ts";
import { EVENT_PART_COLUMNS, eventPart, pagePart } from "./event-part.ts";
import {
  hiddenItems,
  isWithin,
  permitsNow,
  SUBJECT_COLUMNS,
  subjectOf,
  type Exported,
  type Span,
} from "./subject.ts";

export const EVENT_COLUMNS = {
  ...SUBJECT_COLUMNS,
  eventId: column(
    "string",
    "The sender's id of the event: the same one never comes twice from one customer.",
  ),
  type: column("string", "What happened. @example product_viewed"),
  happenedAt: column("timestamp", "When it happened."),
  receivedAt: column("timestamp", "When it was taken in."),
  sender: column("string", "Who told it: snippet, segment, server, import or customer."),
  isTrusted: column("boolean", "Whether the shop's own systems told it."),
  ...EVENT_PART_COLUMNS,
} as const;

export type EventRow = RowOf<typeof EVENT_COLUMNS>;

/**
 * A row for each logged event of the span that may be told. Behaviour: taken in with analytics, which still stands. Orders
 * that the shop told stand on the transaction. Notes need clienteling too, and only those that the whole company may read.
 */
export function eventRows(input: Exported, span: Span, now: EpochMs): EventRow[] {
  const subject = subjectOf(input);
  if (!subject) return [];
  const isHidden = hiddenItems(input.customer);
  const mayNow =
    (permitsNow(input, "analytics", now) ? MAY_LEARN : 0) |
    (permitsNow(input, "clienteling", now) ? MAY_NOTE : 0);
  // An address or a title can name what somebody keeps out of sight.
  const showsPages = input.customer.hidden.size === 0;
  const rows: EventRow[] = [];
  for (const row of input.rows)
    for (const event of row.events) {
      if (!isWithin(event.at, span)) continue;
      const may = event.may & mayNow;
      if (!isTellable(event, row, may)) continue;
      const part = eventPart(event, isHidden, input.customer.hidden);
      if (!part) continue;
      rows.push({
        ...subject,
        eventId: event.id,
        type: event.type,
        happenedAt: event.at,
        receivedAt: row.receivedAt,
        sender: row.source,
        isTrusted: row.isTrusted,
        ...((may & MAY_LEARN) === 0 ? {} : pagePart(event.page, showsPages)),
        ...part,
      });
    }
  return rows;
}

function isTellable(event: LoggedEvent, from: Provenance, may: number): boolean {
  if (isOrderEvent(event) && from.isTrusted) return true;
  if ((may & MAY_LEARN) === 0) return false;
  return event.type !== "note_added" || ((may & MAY_NOTE) !== 0 && event.visibility === "company");
}
