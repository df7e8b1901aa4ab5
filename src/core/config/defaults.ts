import type { PAGE_TYPES } from "../event/event.ts";
import type { Settings, SlotConfig, StrategyName, StrategySettings } from "./config.ts";

type PageTypeName = (typeof PAGE_TYPES)[number];

/**
 * What a slot does when the config does not say: first by how its name ends, so that `{}` and good slot names are
 * enough; then by the page it stands on.
 */
const BY_NAME: readonly (readonly [ending: string, chain: readonly StrategyName[]])[] = [
  ["goes-with", ["cross_sell"]],
  ["better", ["up_sell"]],
  ["also-viewed", ["also_viewed", "same_type"]],
  ["similar", ["also_viewed", "same_type"]],
  ["recently-viewed", ["recently_viewed"]],
  ["trending", ["trending"]],
  ["for-you", ["for_you", "trending", "same_type"]],
  ["next", ["cross_sell", "for_you", "trending"]],
  ["buy-again", ["buy_again"]],
  ["set", ["bundle"]],
  ["new", ["new_arrivals"]],
];

const BY_PAGE: Readonly<Record<PageTypeName, readonly StrategyName[]>> = {
  home: ["for_you", "trending", "same_type"],
  category: ["for_you", "trending", "same_type"],
  search: ["for_you", "trending"],
  product: ["cross_sell", "also_viewed", "same_type"],
  cart: ["cross_sell", "trending"],
  checkout: ["cross_sell"],
  order: ["cross_sell", "for_you", "trending"],
  account: ["for_you", "recently_viewed", "trending"],
  content: ["for_you", "trending"],
  other: ["for_you", "trending"],
};

/** The chain of a slot that the config leaves open. @example defaultChain("cart-goes-with", "cart") // ["cross_sell"] */
export function defaultChain(slotId: string, page: PageTypeName | undefined): readonly StrategyName[] {
  return (
    BY_NAME.find(([ending]) => slotId === ending || slotId.endsWith(`-${ending}`))?.[1] ??
    BY_PAGE[page ?? "other"]
  );
}

/** Settings that an empty config decides with. Price band: an alternative worth its surplus, not another purchase. */
export const DEFAULT_SETTINGS: Settings = {
  priceRatioMin: 1.05,
  priceRatioMax: 2,
  boughtWeight: 0.8,
  popularityDamping: 0.22,
  neighbourWeight: 0.4,
  bundlePriceMax: 1,
  marginWeight: 0,
  stockWeight: 0,
  diversity: 0.3,
  count: "confident",
  capTimes: 0,
  capDays: 7,
  coldStart: true,
  taste: true,
};

/** Settings by the name of what they lean to. Chosen on validation spans of uci-online-retail: `npm run bench:basket`. */
export const PRESETS: Readonly<Record<NonNullable<SlotConfig["preset"]>, StrategySettings>> = {
  bestsellers: { popularityDamping: 0.05 },
  long_tail: { popularityDamping: 0.5 },
};

/** Four fit a phone's carousel and a desktop row; an up-sell persuades with fewer. */
export const DEFAULT_MAX = 4;
export const DEFAULT_MIN = 1;

/** Configs to start from, by kind of shop. */
export const STARTERS: Readonly<
  Record<"fashion" | "grocery" | "electronics", { readonly slots: Readonly<Record<string, SlotConfig>> }>
> = {
  fashion: {
    slots: {
      "product-goes-with": {
        page: "product",
        title: "Wear it with",
        strategies: ["cross_sell", "also_viewed"],
        max: 3,
      },
      "product-similar": {
        page: "product",
        title: "In the same style",
        strategies: ["also_viewed", "same_type"],
        max: 4,
      },
      "cart-goes-with": { page: "cart", title: "Completes the look", strategies: ["cross_sell"], max: 3 },
    },
  },
  grocery: {
    slots: {
      "home-for-you": {
        page: "home",
        title: "Your usual, and a little more",
        strategies: ["for_you", "trending"],
        max: 8,
      },
      "cart-goes-with": {
        page: "cart",
        title: "Did you forget?",
        strategies: ["cross_sell", "trending"],
        max: 6,
      },
    },
  },
  electronics: {
    slots: {
      "product-better": {
        page: "product",
        title: "A step up",
        strategies: ["up_sell"],
        settings: { priceRatioMax: 1.6 },
        max: 2,
      },
      "product-goes-with": { page: "product", title: "You will need", strategies: ["cross_sell"], max: 4 },
      "cart-goes-with": { page: "cart", title: "Goes with your order", strategies: ["cross_sell"], max: 3 },
    },
  },
};
