import { guard } from "./guard.ts";
import { money } from "./money.ts";
import { here } from "./page.ts";
import { capture } from "./queue.ts";

type Fields = { readonly [field: string]: unknown };

/** Notes GA4 e-commerce events from `dataLayer`: those already there, and those still to come. */
export function watchDataLayer(): void {
  const layer = (window.dataLayer ??= []);
  const push = layer.push;
  const each = guard(readEntry);
  for (const entry of layer) each(entry as Fields);
  layer.push = (...entries) => {
    for (const entry of entries) each(entry as Fields);
    return push.apply(layer, entries);
  };
}

/** Reads one entry: an object of Tag Manager, or the arguments of `gtag("event", name, fields)`. */
function readEntry(entry: Fields): void {
  const [name, fields] = entry[0] == "event" ? [entry[1], entry[2]] : [entry["event"], entry["ecommerce"]];
  const shop = (fields ?? {}) as Fields;
  const amount = (field: string, of = shop) => money(of[field], of["currency"] ?? shop["currency"]);
  const lines = ((shop["items"] ?? []) as Fields[]).map((line) => ({
    item: String(line["item_id"] ?? line["item_name"]),
    quantity: Number(line["quantity"]) || undefined,
    price: amount("price", line),
  }));
  if (name == "purchase")
    capture({
      type: "order_completed",
      orderId: String(shop["transaction_id"]),
      revenue: amount("value"),
      tax: amount("tax"),
      shipping: amount("shipping"),
      coupon: shop["coupon"] || undefined,
      lines,
    });
  for (const { quantity, ...line } of lines) {
    if (name == "add_to_cart") capture({ type: "product_added", quantity, ...line });
    if (name == "remove_from_cart") capture({ type: "product_removed", quantity, item: line.item });
    // A page that says itself what it is about has been counted already.
    if (name == "view_item" && !here.page.item) {
      here.page.item = line.item;
      capture({ type: "product_viewed", ...line });
    }
  }
}

declare global {
  interface Window {
    dataLayer?: unknown[];
  }
}
