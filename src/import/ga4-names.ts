import type { ShopEventType } from "../core/event/event.ts";

/** Google's recommended e-commerce events, and what they are here. Others become `custom`. */
const TYPES: ReadonlyMap<string, ShopEventType> = new Map([
  ["page_view", "page_viewed"],
  ["search", "products_searched"],
  ["view_search_results", "products_searched"],
  ["view_item_list", "product_list_viewed"],
  ["select_item", "product_clicked"],
  ["view_item", "product_viewed"],
  ["add_to_cart", "product_added"],
  ["remove_from_cart", "product_removed"],
  ["add_to_wishlist", "product_wished"],
  ["view_cart", "cart_viewed"],
  ["begin_checkout", "checkout_started"],
  ["add_shipping_info", "checkout_step_completed"],
  ["add_payment_info", "checkout_step_completed"],
  ["purchase", "order_completed"],
  ["refund", "order_refunded"],
  ["view_promotion", "promotion_viewed"],
  ["select_promotion", "promotion_clicked"],
]);

/** The event type a GA4 event name stands for. Names are exact, as GA4's are. @example ga4Type("purchase") // "order_completed" */
export const ga4Type = (name: string): ShopEventType => TYPES.get(name) ?? "custom";
