import type { StrategyName } from "../../config/config.ts";
import { alsoViewed } from "./also-viewed.ts";
import { bundle } from "./bundle.ts";
import { buyAgain } from "./buy-again.ts";
import { crossSell } from "./cross-sell.ts";
import { forYou } from "./for-you.ts";
import { newArrivals } from "./new-arrivals.ts";
import { recentlyViewed } from "./recently-viewed.ts";
import { sameType } from "./same-type.ts";
import type { Strategy } from "./strategy.ts";
import { trending } from "./trending.ts";
import { upSell } from "./up-sell.ts";

/** `pinned` proposes nothing: its slot shows what rules pin, and nothing else. */
const pinned: Strategy = { name: "pinned", propose: () => [] };

/** The shelf. Adding a strategy is one file, its name in the config's list, and one line here. */
export const STRATEGY: Readonly<Record<StrategyName, Strategy>> = {
  cross_sell: crossSell,
  up_sell: upSell,
  also_viewed: alsoViewed,
  recently_viewed: recentlyViewed,
  trending,
  for_you: forYou,
  buy_again: buyAgain,
  new_arrivals: newArrivals,
  bundle,
  same_type: sameType,
  pinned,
};
