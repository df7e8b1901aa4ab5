import { moneyOf } from "../core/primitives/money.ts";
import { fail, succeed, type Result } from "../core/primitives/result.ts";
import { earnedBy } from "./order-money.ts";
import { clip, idOf, type Fields } from "./read-field.ts";
import { linesOf } from "./segment-products.ts";
import { refusal, type EventHead, type UnparsedEvent } from "./unparsed-event.ts";

/**
 * Maps an order, its refund or its cancellation. A refund's amount is read as revenue is: without shipping and tax where the call tells them apart.
 */
export function mapSegmentOrder(
  type: "order_completed" | "order_refunded" | "order_cancelled",
  properties: Fields,
  head: EventHead,
  currency: unknown,
): Result<UnparsedEvent> {
  const stated = properties["order_id"] ?? properties["orderId"];
  const orderId = idOf(stated);
  if (orderId === undefined) return fail(refusal("/properties/order_id", "an order's id", stated));
  if (type === "order_cancelled") return succeed({ ...head, type, orderId });
  const read = linesOf(properties, currency);
  if (!read.ok) return read;
  const lines = read.value;
  const money = (name: string) => {
    const amount = moneyOf(properties[name], currency);
    return amount === undefined ? {} : { [name]: amount };
  };
  const said = { ...money("total"), ...money("shipping"), ...money("tax"), ...money("discount") };
  const stands = { ...said, ...money("revenue"), ...money("subtotal") };
  if (type === "order_refunded") {
    // Lines alone leave the amount to the order itself, which knows what it sold them for.
    const amount = earnedBy(stands, []);
    return succeed({ ...head, type, orderId, ...(amount ? { amount } : {}), ...(lines ? { lines } : {}) });
  }
  const revenue = earnedBy(stands, lines ?? []);
  const coupon = clip(properties["coupon"], 128);
  return succeed({
    ...head,
    type,
    orderId,
    ...said,
    ...(revenue === undefined ? {} : { revenue }),
    ...(coupon === undefined ? {} : { coupon }),
    lines: lines ?? [],
  });
}
