import type { Settings, StrategyName } from "../../config/config.ts";
import type { Scene } from "../scene.ts";

/** The numbers that put a candidate where it is; `why.ts` makes the sentence. Ordinals are of the catalog. */
export type Evidence =
  | {
      readonly code: "bought_together" | "viewed_together";
      readonly with: number;
      readonly times: number;
      readonly customers: number;
    }
  /** Different people whose visits shared items with this one. */
  | { readonly code: "similar_visits"; readonly with: number; readonly customers: number }
  | { readonly code: "shop_pairs"; readonly with: number }
  /** So many different people bought something of its kind together with something of that item's kind. */
  | { readonly code: "bought_with_kind"; readonly with: number; readonly customers: number }
  | { readonly code: "trade_up"; readonly from: number; readonly customers: number }
  | { readonly code: "step_up"; readonly from: number }
  | {
      readonly code: "same_type";
      readonly as: number;
      /** How alike they are by content, in [0, 1]. */
      readonly similarity?: number;
    }
  | {
      /** What was learned of `twin` stands in for an item too new to be known: the seed (`about`) or the pick itself. */
      readonly code: "similar_to_viewed";
      readonly standsFor: "seed" | "pick";
      readonly about: number;
      readonly twin: number;
      readonly how: "bought" | "viewed";
      readonly similarity: number;
      readonly times: number;
      readonly customers: number;
    }
  | { readonly code: "recently_viewed" | "trending" | "bestseller" | "pinned" }
  /** How long it lasts: by this customer's own purchases, or as the shop says of the item. */
  | { readonly code: "buy_again"; readonly days: number; readonly whose: "own" | "item" };

export type Candidate = { readonly ordinal: number; readonly score: number; readonly evidence: Evidence };

/** What a strategy is asked for. */
export type Ask = {
  readonly scene: Scene;
  /** What the slot is about: its seeds, else the page's item, else the cart. */
  readonly seeds: readonly number[];
  readonly settings: Settings;
  /** How many are worth proposing: more than are shown, because eligibility comes after. */
  readonly limit: number;
};

/** A recipe that proposes candidates, best first, without checking stock, consent or caps. Scores are above 0. */
export type Strategy = {
  readonly name: StrategyName;
  propose(ask: Ask): Candidate[];
};
