import type { CatalogItem } from "../catalog/item.ts";
import type { Why } from "../wire/decide.ts";
import type { Evidence } from "./strategy/strategy.ts";
import type { World } from "./world.ts";

/** Numbers a bigger value of which is plainly better, and how to say it. Others are named without a judgement. */
const MORE_IS_BETTER: Readonly<Record<string, string>> = {
  storageGb: "storage",
  memoryGb: "memory",
  capacityLitres: "capacity",
  batteryHours: "battery life",
  batteryMah: "battery",
  megapixels: "resolution",
  lumen: "light",
  warrantyYears: "warranty",
  rangeKm: "range",
  screenInch: "screen",
};

/** What an alternative has more of. @example "twice the storage", undefined when nothing comparable is better */
export function advantageOf(better: CatalogItem, base: CatalogItem): string | undefined {
  let best: string | undefined;
  let bestRatio = 1.09;
  for (const [name, value] of Object.entries(better.attributes ?? {})) {
    const before =
      base.attributes && Object.hasOwn(base.attributes, name) ? base.attributes[name] : undefined;
    if (
      typeof value !== "number" ||
      typeof before !== "number" ||
      before <= 0 ||
      !Object.hasOwn(MORE_IS_BETTER, name)
    )
      continue;
    const ratio = value / before;
    if (ratio <= bestRatio) continue;
    bestRatio = ratio;
    const times = Math.round(ratio * 10) / 10;
    best =
      ratio >= 1.95 && ratio <= 2.05
        ? `twice the ${MORE_IS_BETTER[name]}`
        : ratio > 2
          ? `${times} times the ${MORE_IS_BETTER[name]}`
          : `${Math.round((ratio - 1) * 100)} % more ${MORE_IS_BETTER[name]}`;
  }
  return best;
}

/** The sentence for a pick: only what really ranked it, with its true numbers. */
export function whyOf(world: World, ordinal: number, evidence: Evidence): Why {
  const { items } = world.catalog;
  const title = (at: number) => items[at]?.title ?? "this";
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
      return { code, text: `Same kind as ${title(evidence.as)}.` };
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
      return { code, text: `You bought it before; it usually lasts about ${evidence.days} days.` };
    case "pinned":
      return { code, text: "Picked by the shop." };
  }
}

const times = (n: number): string =>
  n <= 1 ? "once" : n >= 65_535 ? "more than 65,000 times" : `${n} times`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
