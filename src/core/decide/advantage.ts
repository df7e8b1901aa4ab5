import type { CatalogItem } from "../catalog/item.ts";
import { measuredOf, type Measured } from "./quality.ts";

/** So many at most: a reason, not a data sheet. */
const ADVANTAGES_MAX = 2;
/** A lead by less than a tenth is not worth a word. */
const RATIO_MIN = 1.1;
/** Decibels one can hear the difference of; ten are about half as loud. */
const DECIBELS_MIN = 3;
const DECIBELS_PER_HALF = 10;
// So that 1.2 − 1, which is 0.19999…, makes 20 per cent; far below anything a shop states.
const ROUNDING = 1e-9;

type Advantage = { readonly text: string; readonly strength: number };

/**
 * In what an alternative is better, the most striking first, two things at most: only numbers that both items state and
 * of which it is known which way is better. Rounded so that it never says more than is true.
 * @example advantageOf(bigger, base) // "twice the storage and 20 % less weight"
 * @returns undefined where nothing comparable is better by a tenth
 */
export function advantageOf(better: CatalogItem, base: CatalogItem): string | undefined {
  const before = measuredOf(base);
  const found: Advantage[] = [];
  for (const [key, now] of measuredOf(better)) {
    const old = before.get(key);
    if (!old) continue;
    const one = comparison(now, old);
    if (one) found.push(one);
    if (now.quality.noun === "content") {
      const cheaper = unitPrice(better, now.value, base, old.value);
      if (cheaper) found.push(cheaper);
    }
  }
  found.sort((a, b) => b.strength - a.strength);
  const texts = new Set(found.map(({ text }) => text));
  return texts.size === 0 ? undefined : [...texts].slice(0, ADVANTAGES_MAX).join(" and ");
}

function comparison({ quality, value }: Measured, { value: old }: Measured): Advantage | undefined {
  const { noun, better, dimension } = quality;
  if (dimension === "sound") {
    const decibels = Math.floor(old - value + ROUNDING);
    if (decibels < DECIBELS_MIN) return undefined;
    return { text: `${decibels} dB less noise`, strength: (decibels / DECIBELS_PER_HALF) * Math.LN2 };
  }
  const ratio = better === "more" ? value / old : old / value;
  if (!(ratio + ROUNDING >= RATIO_MIN) || ratio === Infinity) return undefined;
  const text = better === "more" ? moreOf(noun, ratio) : lessOf(noun, 1 / ratio);
  return { text, strength: Math.log(ratio) };
}

function moreOf(noun: string, ratio: number): string {
  if (ratio < 2) return `${Math.floor((ratio - 1 + ROUNDING) * 100)} % more ${noun}`;
  const times = Math.floor((ratio + ROUNDING) * 10) / 10;
  return times === 2 ? `twice the ${noun}` : `${times} times the ${noun}`;
}

const lessOf = (noun: string, share: number): string => `${percentBelow(share)} % less ${noun}`;

/** Whole per cent that a share lies below 1; never 100, since something is left. */
const percentBelow = (share: number): number => Math.min(99, Math.floor((1 - share + ROUNDING) * 100));

/** A lower price for the same amount. Prices of single markets are not looked at: which one applies is not known here. */
function unitPrice(
  better: CatalogItem,
  content: number,
  base: CatalogItem,
  oldContent: number,
): Advantage | undefined {
  const now = onlyPriceOf(better);
  const old = onlyPriceOf(base);
  if (!now || !old || now.currency !== old.currency) return undefined;
  const ratio = old.minor / oldContent / (now.minor / content);
  if (!(ratio + ROUNDING >= RATIO_MIN) || ratio === Infinity) return undefined;
  return {
    text: `a ${percentBelow(1 / ratio)} % lower price for the same amount`,
    strength: Math.log(ratio),
  };
}

function onlyPriceOf({ price, salePrice, markets }: CatalogItem): CatalogItem["price"] {
  const one = salePrice ?? price;
  return markets === undefined && one && one.minor > 0 && Number.isFinite(one.minor) ? one : undefined;
}
