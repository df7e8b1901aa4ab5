import type { Evidence } from "../../decide/strategy/strategy.ts";
import type { World } from "../../decide/world.ts";

/** What the shop pairs by hand is meant, but nobody has yet been seen to agree. */
const SHOP_PAIR = 0.6;
/** Looks alike: the most that content alone can be sure of, however alike. */
export const CONTENT_MAX = 0.3;
/** Same type, but nothing says how alike. */
const CONTENT_UNMEASURED = 0.15;
/** True of the shop as a whole, and about nobody in particular. */
const POPULAR = 0.2;
/** Acts of the very person: certain, and seldom news. */
const OWN_ACT = 0.5;

/** A number brought into [0, 1]; what is none is 0. */
const shareOf = (value: number): number => (value > 0 ? Math.min(1, value) : 0);

/** One-sided 90 %: nine in ten such bounds lie below the truth. */
const Z = 1.2816;

/**
 * The share of `n` observed events that would be left if luck had been kind this time: the lower bound of a Poisson
 * count, divided by the count. 0 for none, near 1 for many.
 * Source: Wilson and Hilferty's cube, within .01 of the exact bound for 1 and more.
 * @example certainty(5) // .487
 * @example certainty(200) // .91
 */
export function certainty(n: number): number {
  if (!(n > 0)) return 0;
  const share = Math.max(0, 1 - 1 / (9 * n) - Z / (3 * Math.sqrt(n))) ** 3;
  return Math.min(1, share);
}

/**
 * How many independent observations stand behind a pair. A person who repeats themself is one; beyond the people that
 * were told apart, events count by the geometric mean of the fewest (`customers`) and the most (`times`) they can stand
 * for.
 */
function observations(times: number, customers: number, cap: number): number {
  const most = Math.max(times, customers);
  return customers < cap ? customers : Math.sqrt(customers * most);
}

/**
 * How sure a candidate's evidence is, in [0, 1]; comparable between strategies. Learned pairs: the lower bound of their
 * count. The shop's own pairs: .6. Likeness of content: at most .3. Pinned: 1, since the marketer is sure.
 * @example confidenceOf({ code: "pinned" }, world) // 1
 */
export function confidenceOf(evidence: Evidence, world: World): number {
  const cap = world.model.supportersCap;
  switch (evidence.code) {
    case "pinned":
      return 1;
    case "shop_pairs":
      return SHOP_PAIR;
    case "bought_together":
    case "viewed_together":
      return certainty(observations(evidence.times, evidence.customers, cap));
    case "similar_visits":
    case "trade_up":
      return certainty(evidence.customers);
    case "same_type":
      return evidence.similarity === undefined
        ? CONTENT_UNMEASURED
        : CONTENT_MAX * shareOf(evidence.similarity);
    case "similar_to_viewed":
      return (
        Math.min(CONTENT_MAX, certainty(observations(evidence.times, evidence.customers, cap))) *
        shareOf(evidence.similarity)
      );
    case "bought_with_kind":
      return Math.min(CONTENT_MAX, certainty(evidence.customers));
    case "buy_again":
    case "recently_viewed":
      return OWN_ACT;
    case "trending":
    case "bestseller":
      return POPULAR;
    default:
      // A recipe of its own evidence is believed like content until it says how often it was seen.
      return CONTENT_UNMEASURED;
  }
}
