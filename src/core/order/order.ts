import type { ResolvedEvent } from "../event/resolved.ts";
import type { ItemId } from "../primitives/ids.ts";
import type { EpochMs } from "../primitives/time.ts";
import { revenueOf } from "./revenue.ts";

export type OrderLine = readonly [item: ItemId, quantity: number];

/** An order as one side told it. */
export type Telling = {
  readonly at: EpochMs;
  readonly digest: number;
  readonly minor: number;
  readonly currency: string;
  readonly lines: readonly OrderLine[];
  readonly channel?: string | undefined;
  /** What the pieces cost the shop, where that is known of every one. */
  readonly costMinor?: number | undefined;
};

/** A return or a cancellation. It may be told before its order. */
export type Undoing = {
  readonly id: string;
  readonly at: EpochMs;
  readonly kind: "refund" | "cancel";
  /** Absent: the order's share of the lines, or all of it. */
  readonly minor?: number | undefined;
  readonly lines?: readonly OrderLine[] | undefined;
  readonly isTrusted: boolean;
};

/** What this customer's reports have said of the order so far, so that the next report is a difference. */
export type Counted = {
  readonly day: string;
  readonly currency: string;
  readonly minor: number;
  readonly refundedMinor: number;
};

/** The ledger's word on who counts an order and with which amounts. Later versions replace earlier ones. */
export type Verdict = {
  readonly version: number;
  readonly counts: boolean;
  /** Whether the order is this party's own: whom the shop says it belongs to, else whoever counts it. */
  readonly owns?: boolean | undefined;
  /** Whether the basket is this party's to teach. */
  readonly learns: boolean;
  /** Whether the shop's own system told of this very basket. */
  readonly isConfirmed?: boolean | undefined;
  readonly at: EpochMs;
  readonly minor: number;
  readonly currency: string;
  readonly refundedMinor: number;
  /** Pieces that were not returned; absent in verdicts of before they were told. */
  readonly units?: number | undefined;
  /** What the shop keeps of what was not returned; absent where some piece's cost is unknown. */
  readonly marginMinor?: number | undefined;
  readonly isInStore?: boolean | undefined;
};

/** One order of one customer, whatever channels told it. A function of what was told, in whatever order. */
export type Order = {
  /** HMAC of site and order id: what the ledger knows the order by. */
  readonly key: string;
  readonly page?: Telling | undefined;
  readonly shop?: Telling | undefined;
  readonly undone: readonly Undoing[];
  /** Whether analytics was granted when any of it was told. */
  readonly mayLearn: boolean;
  readonly verdict?: Verdict | undefined;
  readonly counted?: Counted | undefined;
  readonly isLearned: boolean;
  /** Whether it was taught as the shop's own word, and not only as a page's. */
  readonly isConfirmed?: boolean | undefined;
};

export type OrderEvent = Extract<
  ResolvedEvent,
  { type: "order_completed" | "order_refunded" | "order_cancelled" }
>;

export const isOrderEvent = (event: ResolvedEvent): event is OrderEvent =>
  event.type === "order_completed" || event.type === "order_refunded" || event.type === "order_cancelled";

export const newOrder = (key: string): Order => ({ key, undone: [], mayLearn: false, isLearned: false });

const linesOf = (lines: readonly { readonly item: ItemId; readonly quantity: number }[]): OrderLine[] =>
  lines.filter((line) => line.quantity > 0).map((line) => [line.item, line.quantity]);

/** The order with one more telling. The latest moment wins within a side; the shop's side wins over the page's. */
export function tell(order: Order, event: OrderEvent, isTrusted: boolean, mayLearn: boolean): Order {
  const next = { ...order, mayLearn: order.mayLearn || mayLearn };
  if (event.type === "order_completed") {
    const { minor, currency } = revenueOf(event);
    const telling: Telling = {
      at: event.at,
      digest: event.digest,
      minor,
      currency,
      lines: linesOf(event.lines),
      ...(event.channel === undefined ? {} : { channel: event.channel }),
      ...(event.costMinor === undefined ? {} : { costMinor: event.costMinor }),
    };
    const side = isTrusted ? "shop" : "page";
    const known = order[side];
    const isNewer =
      !known || telling.at > known.at || (telling.at === known.at && telling.digest > known.digest);
    return isNewer ? { ...next, [side]: telling } : next;
  }
  if (order.undone.some((one) => one.id === event.id)) return next;
  const undoing: Undoing = {
    id: event.id,
    at: event.at,
    kind: event.type === "order_refunded" ? "refund" : "cancel",
    isTrusted,
    ...(event.type === "order_refunded" && event.amount ? { minor: event.amount.minor } : {}),
    ...(event.type === "order_refunded" && event.lines ? { lines: linesOf(event.lines) } : {}),
  };
  return {
    ...next,
    undone: [...order.undone, undoing].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)),
  };
}

/** The order as it stands. */
export type Standing = Telling & {
  readonly isTrusted: boolean;
  /** Never more than the order earned. */
  readonly refundedMinor: number;
  /** Pieces that were not returned. */
  readonly kept: readonly OrderLine[];
};

/** What is true of the order now, or `undefined` while only its return was told. A page cannot undo what the shop told. */
export function standingOf(order: Order): Standing | undefined {
  const telling = order.shop ?? order.page;
  if (!telling) return undefined;
  const isTrusted = order.shop !== undefined;
  const kept = new Map(telling.lines);
  const pieces = telling.lines.reduce((sum, [, quantity]) => sum + quantity, 0);
  let refundedMinor = 0;
  for (const one of order.undone) {
    if (isTrusted && !one.isTrusted) continue;
    const returned = one.lines ?? [...kept];
    let count = 0;
    for (const [item, quantity] of returned) {
      count += quantity;
      const left = (kept.get(item) ?? 0) - quantity;
      if (left > 0) kept.set(item, left);
      else kept.delete(item);
    }
    const share = one.lines ? Math.round((telling.minor * count) / Math.max(1, pieces)) : telling.minor;
    refundedMinor += Math.min(telling.minor - refundedMinor, one.minor ?? share);
  }
  return { ...telling, isTrusted, refundedMinor, kept: [...kept] };
}

/** Pieces of an order that were not returned. */
export const unitsOf = ({ kept }: Standing): number => kept.reduce((sum, [, quantity]) => sum + quantity, 0);

/** What the shop keeps of an order: revenue less cost, by the share that was not paid back. Whole minor units. */
export function marginOf({ minor, refundedMinor, costMinor }: Standing): number | undefined {
  if (costMinor === undefined) return undefined;
  if (minor === 0) return -costMinor;
  return Math.round(((minor - costMinor) * (minor - refundedMinor)) / minor);
}
