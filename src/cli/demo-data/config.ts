import type { ConfigDocument } from "../../core/config/config.ts";

/** The config the demo site starts with: titles, and chains only where a slot's name does not say enough. */
export function demoConfig(): ConfigDocument {
  return {
    slots: {
      "home-for-you": { page: "home", title: "Picked for you" },
      "home-trending": { page: "home", title: "Popular these days" },
      // The page seeds this slot with items of its category: what is seen with them stays near the category.
      "category-top": {
        page: "category",
        title: "Often looked at",
        strategies: ["also_viewed", "same_type"],
      },
      "product-goes-with": { page: "product", title: "Goes well with it" },
      "product-better": { page: "product", title: "A step up" },
      "cart-goes-with": { page: "cart", title: "Goes with what you chose" },
      "order-next": { page: "order", title: "For next time" },
    },
  };
}
