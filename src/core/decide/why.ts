import { reached } from "../recommend/snapshot/hysteresis.ts";
import type { Why } from "../wire/decide.ts";
import { advantageOf } from "./advantage.ts";
import type { Evidence } from "./strategy/strategy.ts";
import type { World } from "./world.ts";

/** The sentence for a pick: only what really ranked it, with its true numbers. */
export function whyOf(world: World, ordinal: number, evidence: Evidence): Why {
  const { items } = world.catalog;
  const title = (at: number) => items[at]?.title ?? "this";
  /** The last part of a type's path. */
  const kind = (at: number) =>
    items[at]?.type
      ?.split(">")
      .findLast((part) => part.trim() !== "")
      ?.trim() ?? title(at);
  const { code } = evidence;
  switch (code) {
    case "bought_together":
      return { code, text: `Bought together with ${title(evidence.with)} ${times(evidence.times)}.` };
    case "viewed_together":
      return {
        code,
        text: `Looked at in the same visit as ${title(evidence.with)} ${times(evidence.times)}.`,
      };
    case "similar_visits":
      return { code, text: `Looked at in visits like yours, which also saw ${title(evidence.with)}.` };
    case "shop_pairs":
      return { code, text: `The shop suggests it with ${title(evidence.with)}.` };
    case "bought_with_kind":
      return { code, text: `Customers who buy ${kind(evidence.with)} also buy ${kind(ordinal)}.` };
    case "trade_up": {
      const advantage = advantageOf(items[ordinal]!, items[evidence.from]!);
      return {
        code,
        text: `${advantage ? `${capital(advantage)}: chosen` : "Chosen"} by customers who also considered ${title(evidence.from)}.`,
      };
    }
    case "step_up": {
      const advantage = advantageOf(items[ordinal]!, items[evidence.from]!);
      return {
        code,
        text: advantage
          ? `Same kind as ${title(evidence.from)}, with ${advantage}.`
          : `A step up from ${title(evidence.from)}.`,
      };
    }
    case "same_type":
      return {
        code,
        text:
          items[ordinal]?.type !== undefined && items[ordinal].type === items[evidence.as]?.type
            ? `Same kind as ${title(evidence.as)}.`
            : `Like ${title(evidence.as)}.`,
      };
    case "similar_to_viewed": {
      const did = evidence.how === "bought" ? "bought together with" : "looked at in the same visit as";
      const often = times(evidence.times);
      return {
        code,
        text:
          evidence.standsFor === "pick"
            ? `Like ${title(evidence.twin)}, which was ${did} ${title(evidence.about)} ${often}.`
            : `${capital(did)} ${title(evidence.twin)} ${often}, which is like ${title(evidence.about)}.`,
      };
    }
    case "recently_viewed":
      return { code, text: "You looked at it lately." };
    case "trending":
      return { code, text: "Many people are looking at it these days." };
    case "bestseller":
      return { code, text: "Among the most bought in this shop." };
    case "buy_again":
      return {
        code,
        text:
          evidence.whose === "own"
            ? `You buy it about every ${evidence.days} days.`
            : `You bought it before; it usually lasts about ${evidence.days} days.`,
      };
    case "pinned":
      return { code, text: "Picked by the shop." };
  }
}

/** Below it a count is told as it is: no pair of a live site has so few people. */
const ROUND_MIN = 5;

/** In round numbers, so that nobody can tell from a sentence what one person just did. */
const times = (n: number): string =>
  n <= 1 ? "once" : n < ROUND_MIN ? `${n} times` : `at least ${reached(n)} times`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
