import { permits, PURPOSES, type ConsentRecord } from "../consent/consent.ts";
import { digestOf } from "../event/resolved.ts";
import { standingOf } from "../order/order.ts";
import type { EpochMs } from "../primitives/time.ts";
import type { JsonObject, Notice, NoticeType } from "../webhook/notice.ts";
import type { Whole } from "./customer.ts";

/** Names a notice for good without telling the source it was made from. */
export const noticeId = (source: string, seq: number, what: string): string =>
  `n_${digestOf(`${source}|${seq}|${what}`).toString(36)}${digestOf(`${what}|${seq}|${source}`).toString(36)}`;

/**
 * What the shop's other systems are told of a call. Only about customers the shop knows by an id of its own; what a purpose
 * does not cover is not told.
 */
export function noticesOf(
  customer: Whole,
  subject: string,
  before: ConsentRecord,
  changedOrders: Iterable<string>,
  now: EpochMs,
): Notice[] {
  const { customerId, source, nextSeq: seq, consent } = customer;
  if (customerId === undefined || customer.mark) return [];
  const notice = (type: NoticeType, what: string, data: JsonObject): Notice => ({
    id: noticeId(source, seq, `${type}|${what}`),
    type,
    at: now,
    subject,
    purpose: type === "consent_changed" ? null : "transaction",
    customerId,
    data,
  });
  const notices: Notice[] = [];
  const changed = PURPOSES.filter((purpose) => consent[purpose] !== before[purpose]);
  if (changed.length > 0) {
    const granted = Object.fromEntries(changed.map((purpose) => [purpose, permits(consent, purpose, now)]));
    notices.push(notice("consent_changed", "", { granted }));
  }
  for (const orderId of changedOrders) {
    const order = customer.orders.get(orderId);
    const standing = order && standingOf(order);
    if (!standing) continue;
    const type = standing.refundedMinor > 0 ? "order_refunded" : "order_recorded";
    const { minor, currency, refundedMinor } = standing;
    notices.push(notice(type, orderId, { orderId, revenue: { minor, currency }, refundedMinor }));
  }
  return notices;
}
