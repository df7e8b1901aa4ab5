import { money } from "../snippet/money.ts";
import { watchLayer, type Fields } from "./layer.ts";
import { whenParsed } from "./parsed.ts";
import { say } from "./say.ts";
import { isProductTold } from "./told.ts";

/** GA4's e-commerce events in our words: the type, and which fields it takes. With `item`, one event for each item. */
const EVENTS: { readonly [name: string]: string } = {
  view_item: "product_viewed item price",
  select_item: "product_clicked item",
  add_to_cart: "product_added item quantity price",
  remove_from_cart: "product_removed item quantity",
  add_to_wishlist: "product_wished item",
  view_item_list: "product_list_viewed list items",
  view_cart: "cart_viewed lines",
  begin_checkout: "checkout_started lines",
  add_shipping_info: "checkout_step_completed step",
  add_payment_info: "checkout_step_completed step",
  purchase: "order_completed orderId lines revenue tax shipping coupon",
  refund: "order_refunded orderId lines amount",
  view_promotion: "promotion_viewed promotion",
  select_promotion: "promotion_clicked promotion",
  search: "products_searched query",
};

/** Whether the page's address tells the search: the snippet has counted that already. */
const isSearchTold = (query: unknown): boolean =>
  ["q", "s", "query"].some((name) => new URLSearchParams(location.search).get(name)?.trim() == query);

/** Tells the snippet of GA4 e-commerce events: of Tag Manager's objects and of `gtag("event", …)`, past and to come. */
export function connectGa4(): void {
  watchLayer((entry) => {
    const [name, told] = (
      entry[0] == "event"
        ? [entry[1], entry[2]]
        : [entry["event"], { ...entry, ...(entry["ecommerce"] as object) }]
    ) as [string, Fields];
    const [type, ...fields] = EVENTS[name]!.split(" ");
    const items = (told["items"] ?? []) as Fields[];
    /** The first field that says something, of the event or else of its first item: GA4 takes some at either place. */
    const text = (...fields: string[]): string | undefined => {
      for (const from of [told, items[0] ?? {}])
        for (const field of fields) if (from[field]) return String(from[field]);
    };
    const amount = (of: Fields, field: string) => money(of[field], of["currency"] ?? told["currency"]);
    const lines = items.map((line) => ({
      item: String(line["item_id"] ?? line["item_name"]),
      quantity: Math.round(line["quantity"] as number) || undefined,
      price: amount(line, "price"),
    }));
    const all: Fields = {
      // An order is one also without its lines.
      lines: lines[0] || name == "purchase" ? lines : undefined,
      items: lines.map(({ item }) => item),
      list: text("item_list_id", "item_list_name"),
      step: name.slice(4, -5),
      orderId: text("transaction_id"),
      revenue: amount(told, "value"),
      amount: amount(told, "value"),
      tax: amount(told, "tax"),
      shipping: amount(told, "shipping"),
      coupon: told["coupon"] || undefined,
      promotion: text("promotion_id", "promotion_name"),
      query: text("search_term"),
    };
    const tell = (): void => {
      for (const line of fields[0] == "item" ? lines : [all]) {
        const event: { [field: string]: unknown } = { type };
        for (const field of fields) event[field] = (line as Fields)[field];
        say("track", event);
      }
    };
    // What the page itself says may stand further down in it.
    if (name == "view_item") whenParsed(() => isProductTold() || tell());
    else if (name != "search" || !isSearchTold(all["query"])) tell();
  });
}
