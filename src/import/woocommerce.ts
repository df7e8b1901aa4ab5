import type { ItemRef } from "../core/event/event.ts";
import { said, type MappedEvent } from "../core/import/mapper.ts";
import { orderMoment } from "../core/import/order-moment.ts";
import { moneyOf } from "../core/primitives/money.ts";
import { parseMoment, type EpochMs } from "../core/primitives/time.ts";
import { clip, fieldsOf, idOf, type Fields } from "./read-field.ts";
import { plus, type HookReading } from "./shop-order.ts";

const BOUGHT = new Set(["processing", "completed", "on-hold", "refunded"]);
const UNDONE = new Set(["cancelled", "failed", "trash"]);
/** Name of the order's meta entry in which a theme leaves the visitor's id. */
const VISITOR_META = ["concierge_visitor", "_concierge_visitor"];

/**
 * Reads a WooCommerce webhook (REST API v3, order resource). A customer is `woocommerce:<id>`; guests have the id 0 and
 * are nobody, unless the theme left the visitor's id in the order. Line totals are after discounts and without tax.
 * @param topic the header `X-WC-Webhook-Topic`
 */
export function readWooCommerce(topic: string, body: unknown): HookReading {
  if (!topic.startsWith("order.")) return { ignored: "another topic" };
  const order = fieldsOf(body);
  const number = idOf(order["id"]);
  const placedAt = momentOf(order, "date_created");
  const { currency, status } = order;
  // A deletion carries the id alone: an order that is thrown away in the back office was still bought.
  if (
    number === undefined ||
    placedAt === undefined ||
    typeof currency !== "string" ||
    typeof status !== "string"
  )
    return { ignored: "no order that can be read" };
  const isUndone = UNDONE.has(status);
  if (!isUndone && !BOUGHT.has(status)) return { ignored: "not bought yet" };
  const customer = order["customer_id"] === 0 ? undefined : idOf(order["customer_id"]);
  const visitorId = idOf(
    listOf(order["meta_data"]).find((meta) => VISITOR_META.includes(String(meta["key"])))?.["value"],
  );
  if (customer === undefined && visitorId === undefined) return { ignored: "names no customer" };
  const orderId = `woocommerce:${number}`;
  const changedAt = momentOf(order, "date_modified") ?? placedAt;
  const events: MappedEvent[] = [];
  if (isUndone)
    events.push({ type: "order_cancelled", orderId, at: changedAt, sameness: ["cancelled", orderId] });
  else {
    const completed = completedOf(order, orderId, currency);
    events.push({ ...completed, at: orderMoment(placedAt, changedAt), sameness: completed });
    events.push(...refundsOf(order, orderId, currency, changedAt));
  }
  return said({ customerId: customer && `woocommerce:${customer}`, visitorId, events }) as HookReading;
}

function completedOf(order: Fields, orderId: string, currency: string) {
  const lines = listOf(order["line_items"]);
  return said({
    type: "order_completed",
    orderId,
    revenue: plus(
      lines.map((line) => moneyOf(line["total"], currency)),
      currency,
    ),
    total: moneyOf(order["total"], currency),
    shipping: moneyOf(order["shipping_total"], currency),
    tax: moneyOf(order["total_tax"], currency),
    discount: moneyOf(order["discount_total"], currency),
    coupon: clip(listOf(order["coupon_lines"])[0]?.["code"], 128),
    channel: /pos|admin/i.test(String(order["created_via"] ?? "")) ? "store" : "web",
    lines: lines.flatMap((line) => {
      const item = itemOf(line);
      const { quantity } = line;
      return item && Number.isSafeInteger(quantity)
        ? [said({ item, quantity, price: moneyOf(line["price"], currency) })]
        : [];
    }),
  });
}

/**
 * Each return by its id; an order that is refunded altogether came back whole. A webhook says neither which lines came back
 * nor how much of the amount is tax and shipping, so the items' share of the total is taken.
 */
function refundsOf(order: Fields, orderId: string, currency: string, at: EpochMs): MappedEvent[] {
  if (order["status"] === "refunded")
    return [{ type: "order_refunded", orderId, at, sameness: ["refund", orderId] }];
  const total = moneyOf(order["total"], currency);
  const earned = plus(
    listOf(order["line_items"]).map((line) => moneyOf(line["total"], currency)),
    currency,
  );
  const share = total && earned && total.minor > 0 ? earned.minor / total.minor : 1;
  return listOf(order["refunds"]).flatMap((refund) => {
    const refundId = idOf(refund["id"]);
    const amount = moneyOf(refund["total"], currency);
    if (refundId === undefined || amount === undefined) return [];
    const back = { ...amount, minor: Math.round(Math.abs(amount.minor) * share) };
    return [
      {
        type: "order_refunded",
        orderId,
        amount: back,
        lines: [],
        at,
        sameness: ["refund", orderId, refundId],
      },
    ];
  });
}

/** A variation is what is sold; its product is the group. */
function itemOf(line: Fields): ItemRef | undefined {
  const product = idOf(line["product_id"]);
  const variation = idOf(line["variation_id"]);
  const sku = idOf(line["sku"]);
  const ref = said({ id: variation ?? product, sku, group: product });
  return Object.keys(ref).length === 0 ? undefined : (ref as ItemRef);
}

/** WooCommerce writes UTC without saying so, in the fields that end in `_gmt`. */
function momentOf(order: Fields, field: string): EpochMs | undefined {
  const value = order[`${field}_gmt`];
  return typeof value === "string" ? parseMoment(`${value.replace(/Z$/, "")}Z`) : undefined;
}

const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? value.slice(0, 500).map(fieldsOf) : []);
