import type { ItemRef } from "../core/event/event.ts";
import { said, type MappedEvent } from "../core/import/mapper.ts";
import { orderMoment } from "../core/import/order-moment.ts";
import { moneyOf, type Money } from "../core/primitives/money.ts";
import { parseMoment } from "../core/primitives/time.ts";
import { clip, fieldsOf, idOf, type Fields } from "./read-field.ts";
import { minus, plus, type HookReading } from "./shop-order.ts";

const ORDERS = new Set([
  "orders/create",
  "orders/paid",
  "orders/updated",
  "orders/edited",
  "orders/cancelled",
  "orders/fulfilled",
]);
/** Name of the cart attribute in which a theme leaves the visitor's id. */
const VISITOR_NOTE = "concierge_visitor";

/**
 * Reads a Shopify webhook (Admin REST API, order resource; `shop_money` is what unqualified amounts are in). A customer is
 * `shopify:<id>`. Returns come with `orders/updated`: `refunds/create` names nobody, so it cannot be anybody's.
 * @param topic the header `X-Shopify-Topic`
 */
export function readShopify(topic: string, body: unknown): HookReading {
  const root = fieldsOf(body);
  if (topic === "customers/redact") {
    const id = idOf(fieldsOf(root["customer"])["id"]);
    return id === undefined ? { ignored: "names no customer" } : { erase: `shopify:${id}` };
  }
  if (topic === "customers/data_request") return { request: "a customer asks for their data" };
  if (topic === "shop/redact") return { request: "the shop was uninstalled and asks to be erased" };
  if (topic === "refunds/create")
    return { ignored: "names no customer; the return comes with orders/updated" };
  return ORDERS.has(topic) ? readOrder(root) : { ignored: "another topic" };
}

function readOrder(order: Fields): HookReading {
  const orderId = idOf(order["id"]);
  const placedAt = parseMoment(order["processed_at"]) ?? parseMoment(order["created_at"]);
  const { currency } = order;
  if (orderId === undefined || placedAt === undefined || typeof currency !== "string")
    return { ignored: "no order that can be read" };
  if (order["test"] === true) return { ignored: "a test order" };
  const customer = idOf(fieldsOf(order["customer"])["id"]);
  const visitorId = idOf(
    listOf(order["note_attributes"]).find((note) => note["name"] === VISITOR_NOTE)?.["value"],
  );
  if (customer === undefined && visitorId === undefined) return { ignored: "names no customer" };
  const id = `shopify:${orderId}`;
  const changedAt = parseMoment(order["updated_at"]);
  const completed = completedOf(order, id, currency);
  const events: MappedEvent[] = [{ ...completed, at: orderMoment(placedAt, changedAt), sameness: completed }];
  for (const refund of listOf(order["refunds"])) {
    const read = refundOf(refund, id, currency, order["taxes_included"] === true);
    if (read) events.push(read);
  }
  const cancelledAt = parseMoment(order["cancelled_at"]);
  if (cancelledAt !== undefined)
    events.push({ type: "order_cancelled", orderId: id, at: cancelledAt, sameness: ["cancelled", id] });
  return said({ customerId: customer && `shopify:${customer}`, visitorId, events }) as HookReading;
}

function completedOf(order: Fields, orderId: string, currency: string) {
  const money = (value: unknown): Money | undefined => moneyOf(value, currency);
  const subtotal = money(order["subtotal_price"]);
  const tax = money(order["total_tax"]);
  const shippings = listOf(order["shipping_lines"]);
  const shipping = plus(
    shippings.map((line) => money(line["price"])),
    currency,
  );
  const shippingTax = plus(
    shippings.flatMap((line) => listOf(line["tax_lines"]).map((one) => money(one["price"]))),
    currency,
  );
  // In shops whose prices include tax, the subtotal does too; of the tax, shipping's is not in it.
  const itemTax = order["taxes_included"] === true && tax ? minus(tax, shippingTax) : undefined;
  return said({
    type: "order_completed",
    orderId,
    revenue: subtotal && minus(subtotal, itemTax),
    total: money(order["total_price"]),
    shipping,
    tax,
    discount: money(order["total_discounts"]),
    coupon: clip(listOf(order["discount_codes"])[0]?.["code"], 128),
    channel: order["source_name"] === "pos" ? "store" : "web",
    lines: listOf(order["line_items"]).flatMap((line) => {
      const item = itemOf(line);
      const quantity = line["quantity"];
      return item && Number.isSafeInteger(quantity)
        ? [said({ item, quantity, price: money(line["price"]) })]
        : [];
    }),
  });
}

function refundOf(
  refund: Fields,
  orderId: string,
  currency: string,
  isTaxIncluded: boolean,
): MappedEvent | undefined {
  const refundId = idOf(refund["id"]);
  const at = parseMoment(refund["created_at"]);
  if (refundId === undefined || at === undefined) return undefined;
  const returned = listOf(refund["refund_line_items"]);
  const lines = returned.flatMap((one) => {
    const item = itemOf(fieldsOf(one["line_item"]));
    return item && Number.isSafeInteger(one["quantity"]) ? [{ item, quantity: one["quantity"] }] : [];
  });
  const sums = returned.map((one) => {
    const subtotal = moneyOf(one["subtotal"], currency);
    return subtotal && (isTaxIncluded ? minus(subtotal, moneyOf(one["total_tax"], currency)) : subtotal);
  });
  // What was given back beyond whole lines; Shopify writes it below zero.
  const beyond = listOf(refund["order_adjustments"])
    .filter((one) => one["kind"] === "refund_discrepancy")
    .map((one) => moneyOf(one["amount"], currency))
    .map((amount) => amount && { ...amount, minor: -amount.minor });
  const amount = plus([...sums, ...beyond], currency);
  if (amount !== undefined && amount.minor <= 0 && lines.length === 0) return undefined;
  const event = said({
    type: "order_refunded",
    orderId,
    amount: amount && { ...amount, minor: Math.max(0, amount.minor) },
    lines,
  });
  return { ...event, at, sameness: ["refund", orderId, refundId] };
}

/** A variant is what Shopify sells; its product is the group. */
function itemOf(line: Fields): ItemRef | undefined {
  const variant = idOf(line["variant_id"]);
  const product = idOf(line["product_id"]);
  const sku = idOf(line["sku"]);
  const ref = said({ id: variant ?? product, sku, group: product });
  return Object.keys(ref).length === 0 ? undefined : (ref as ItemRef);
}

const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? value.slice(0, 500).map(fieldsOf) : []);
