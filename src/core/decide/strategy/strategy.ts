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
  | { readonly code: "shop_pairs"; readonly with: number }
  | { readonly code: "trade_up"; readonly from: number; readonly customers: number }
  | { readonly code: "step_up"; readonly from: number }
  | { readonly code: "same_type"; readonly as: number }
  | { readonly code: "recently_viewed" | "trending" | "bestseller" | "pinned" }
  | { readonly code: "buy_again"; readonly days: number };

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
