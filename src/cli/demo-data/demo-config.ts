import type { ConfigDocument } from "../../core/config/config.ts";

/** What the demo's marketer has said so far: little, because the defaults do the rest. */
export const DEMO_CONFIG: ConfigDocument = {
  $schema: "/v1/schema/config.json",
  slots: {
    "home-for-you": { page: "home", title: "For you", strategies: ["for_you", "trending"], max: 4 },
    "home-trending": { page: "home", title: "Trending now", strategies: ["trending"], max: 4 },
    "category-top": {
      page: "category",
      title: "Popular here",
      strategies: ["also_viewed", "same_type"],
      max: 4,
    },
    "product-goes-with": { page: "product", title: "Goes well with it", strategies: ["cross_sell"], max: 4 },
    "product-better": { page: "product", title: "A step up", strategies: ["up_sell"], max: 3 },
    "cart-goes-with": {
      page: "cart",
      title: "Completes your cart",
      strategies: ["cross_sell", "trending"],
      max: 4,
    },
    "order-next": {
      page: "order",
      title: "For next time",
      strategies: ["cross_sell", "for_you", "trending"],
      max: 4,
    },
  },
  rules: [
    {
      id: "in-store-casserole",
      description: "Who told our people in a store that they look for a casserole sees ours first.",
      slots: ["home-for-you"],
      when: { "traits.lookingFor": "casserole" },
      purpose: "personalization",
      then: [{ do: "pin", items: ["pot-manor-ink", "pot-hearth-rust"], position: 1 }],
    },
  ],
  segments: {
    "came-back": {
      title: "Ordered on two days or more",
      when: { $count: { event: "ordered", is: { $gte: 2 } } },
    },
    "looking-around": {
      title: "Looked at five products this week, and has not ordered",
      when: {
        $and: [
          { $count: { event: "product_viewed", days: 7, is: { $gte: 5 } } },
          { $count: { event: "ordered", days: 7, is: 0 } },
        ],
      },
    },
  },
  experiments: [
    {
      id: "two-or-four",
      question: "Do two well-chosen complements sell more than four?",
      slots: ["product-goes-with"],
      variations: [
        { id: "four", title: "Four complements", weight: 0.5 },
        { id: "two", title: "Two complements", weight: 0.5, max: 2 },
      ],
    },
  ],
};
