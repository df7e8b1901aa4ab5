import type { Money } from "../core/primitives/money.ts";
import { fail, succeed, type Result } from "../core/primitives/result.ts";
import { earnedBy } from "./order-money.ts";
import type { ProductLine } from "./product-line.ts";
import { clip, idOf, type Fields } from "./read-field.ts";
import { refusal, type EventHead, type UnparsedEvent } from "./unparsed-event.ts";

/**
 * Maps `purchase` and `refund`. GA4's `value` is what the items earned, without shipping and tax; what was paid is
 * known only when both of those are stated too.
 */
export function mapGa4Order(
  type: "order_completed" | "order_refunded",
  params: Fields,
  lines: readonly ProductLine[] | undefined,
  { money, ...head }: EventHead & { readonly money: (name: string) => Money | undefined },
): Result<readonly UnparsedEvent[]> {
  const orderId = idOf(params["transaction_id"]);
  if (orderId === undefined) {
    return fail(refusal("/params/transaction_id", "an order's id", params["transaction_id"]));
  }
  const value = money("value");
  if (type === "order_refunded") {
    return succeed([
      {
        ...head,
        type,
        orderId,
        ...(value === undefined ? {} : { amount: value }),
        ...(lines === undefined || lines.length === 0 ? {} : { lines }),
      },
    ]);
  }
  const shipping = money("shipping");
  const tax = money("tax");
  const revenue = earnedBy({ revenue: value }, lines ?? []);
  const coupon = clip(params["coupon"], 128);
  const total =
    revenue && shipping && tax
      ? { minor: revenue.minor + shipping.minor + tax.minor, currency: revenue.currency }
      : undefined;
  return succeed([
    {
      ...head,
      type,
      orderId,
      ...(revenue === undefined ? {} : { revenue }),
      ...(total === undefined ? {} : { total }),
      ...(shipping === undefined ? {} : { shipping }),
      ...(tax === undefined ? {} : { tax }),
      ...(coupon === undefined ? {} : { coupon }),
      lines: lines ?? [],
    },
  ]);
}
