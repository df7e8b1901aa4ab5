import type { ShopEventType } from "../core/event/event.ts";

/**
 * Segment's e-commerce events: the names of the v2 specification, then what v1 and its libraries called them.
 * Source: segment.com/docs/connections/spec/ecommerce/v2. Names that are not here (also `Checkout Step Viewed`,
 * `Order Updated`, the coupon, sharing and review events, `Experiment Viewed`) become `custom`: nothing of ours is
 * learned from them, and an update must not count as a second order.
 */
const NAMES: { readonly [type in ShopEventType]?: readonly string[] } = {
  products_searched: ["Products Searched", "Searched Products"],
  product_list_viewed: [
    "Product List Viewed",
    "Product List Filtered",
    "Viewed Product List",
    "Viewed Product Category",
    "Filtered Product List",
  ],
  promotion_viewed: ["Promotion Viewed", "Viewed Promotion"],
  promotion_clicked: ["Promotion Clicked", "Clicked Promotion"],
  product_clicked: ["Product Clicked", "Clicked Product"],
  product_viewed: ["Product Viewed", "Viewed Product"],
  product_added: ["Product Added", "Added Product", "Wishlist Product Added to Cart"],
  product_removed: ["Product Removed", "Removed Product"],
  cart_viewed: ["Cart Viewed", "Viewed Cart"],
  checkout_started: ["Checkout Started", "Started Checkout", "Started Order"],
  checkout_step_completed: [
    "Checkout Step Completed",
    "Completed Checkout Step",
    "Payment Info Entered",
    "Entered Payment Info",
  ],
  order_completed: ["Order Completed", "Completed Order"],
  order_refunded: ["Order Refunded", "Refunded Order"],
  order_cancelled: ["Order Cancelled", "Cancelled Order"],
  product_wished: ["Product Added to Wishlist", "Added Product to Wishlist"],
  product_unwished: ["Product Removed from Wishlist", "Removed Product from Wishlist"],
  consent_updated: ["Segment Consent Preference Updated"],
};

const TYPES: ReadonlyMap<string, ShopEventType> = new Map(
  Object.entries(NAMES).flatMap(([type, names]) =>
    names.map((name) => [name.toLowerCase(), type as ShopEventType] as const),
  ),
);

/**
 * The event type a Segment track call stands for; letter case does not matter. Unknown names are `custom`.
 * @example segmentType("completed order") // "order_completed"
 */
export const segmentType = (name: string): ShopEventType => TYPES.get(name.trim().toLowerCase()) ?? "custom";
