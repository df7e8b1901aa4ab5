import { marginOf, standingOf, unitsOf, type Order, type OrderLine } from "../order/order.ts";
import type { EpochMs } from "../primitives/time.ts";
import { MAY_LEARN } from "../profile/logged.ts";
import type { JsonValue } from "../webhook/notice.ts";
import { column, wholeNumber, type RowOf } from "./column.ts";
import {
  hiddenItems,
  isWithin,
  permitsNow,
  SUBJECT_COLUMNS,
  subjectOf,
  type Exported,
  type IsHidden,
  type Span,
} from "./subject.ts";

export const OUTCOME_COLUMNS = {
  ...SUBJECT_COLUMNS,
  kind: column("string", "`order`, or `click` on a pick."),
  happenedAt: column(
    "timestamp",
    "When it happened; of an order when it was placed, whenever it changed since.",
  ),
  orderId: column("string", "The shop's id of the order."),
  isTrusted: column("boolean", "Whether the shop's own system told the order, and not only a page."),
  isOwned: column(
    "boolean",
    "Whether the order is this person's own: sum over these for the shop's revenue.",
  ),
  isCounted: column(
    "boolean",
    "Whether it counts for what this person was shown: sum over these for effects.",
  ),
  channel: column("string", "web, app, store, phone or marketplace, where it was told."),
  currency: column("string", "ISO 4217."),
  revenueMinor: column("int64", "What the items earned, in minor units, before anything was paid back."),
  refundedMinor: column("int64", "What was paid back of it."),
  marginMinor: column("int64", "What the shop keeps, where the cost of every piece is known."),
  units: column("int64", "Pieces that were not returned."),
  lines: column("json", "What was ordered: `item` and `quantity`."),
  keptLines: column("json", "What was not returned."),
  decisionId: column("string", "Of a click: the decision that was clicked."),
  slot: column("string", "Of a click: its slot."),
  item: column("string", "Of a click: the item."),
} as const;

export type OutcomeRow = RowOf<typeof OUTCOME_COLUMNS>;

/**
 * Orders as they stand and clicks on picks, of the span. Orders that the shop told stand on the transaction; clicks, and
 * orders that only a page told, need analytics.
 */
export function outcomeRows(input: Exported, span: Span, now: EpochMs): OutcomeRow[] {
  const subject = subjectOf(input);
  if (!subject) return [];
  const mayLearn = permitsNow(input, "analytics", now);
  const isHidden = hiddenItems(input.customer);
  const rows: OutcomeRow[] = [];
  for (const [orderId, order] of input.customer.orders) {
    const row = orderRow(order, mayLearn, isHidden);
    if (row?.happenedAt !== undefined && isWithin(row.happenedAt, span))
      rows.push({ ...subject, orderId, ...row });
  }
  if (!mayLearn) return rows;
  for (const { events } of input.rows)
    for (const event of events) {
      if (event.type !== "slot_clicked" || (event.may & MAY_LEARN) === 0) continue;
      if (!isWithin(event.at, span) || isHidden(event.item)) continue;
      const { decisionId, slot } = event.claim;
      rows.push({ ...subject, kind: "click", happenedAt: event.at, decisionId, slot, item: event.item });
    }
  return rows;
}

function orderRow(order: Order, mayLearn: boolean, isHidden: IsHidden): OutcomeRow | undefined {
  const standing = standingOf(order);
  if (!standing || (!standing.isTrusted && !(mayLearn && order.mayLearn))) return undefined;
  const { verdict } = order;
  const isOwned = verdict && (verdict.owns ?? verdict.counts);
  // Settled, and somebody else's in every respect: the row stands in their part of the file.
  if (verdict && !isOwned && !verdict.counts) return undefined;
  const plain = (lines: readonly OrderLine[]): JsonValue =>
    lines.flatMap(([item, quantity]) => (isHidden(item) ? [] : [{ item, quantity }]));
  return {
    kind: "order",
    happenedAt: standing.at,
    isTrusted: standing.isTrusted,
    isOwned,
    isCounted: verdict?.counts,
    channel: standing.channel,
    currency: standing.currency,
    revenueMinor: wholeNumber(standing.minor),
    refundedMinor: wholeNumber(standing.refundedMinor),
    marginMinor: wholeNumber(marginOf(standing)),
    units: wholeNumber(unitsOf(standing)),
    lines: plain(standing.lines),
    keptLines: plain(standing.kept),
  };
}
