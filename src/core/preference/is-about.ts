import { priceOf, type CatalogItem } from "../catalog/item.ts";
import { minorDigits } from "../primitives/money.ts";
import { plain, typePath, type Preference } from "./preference.ts";
import type { PriceBand, Scalar } from "./question.ts";

/**
 * Whether an item is what a preference speaks of, liked or avoided; `undefined` where the catalog does not say, or the
 * preference speaks of no item. Types count with everything below them; an attribute such as "oak/leather" is each part.
 * @example isAbout(likesOak, { ...chair, attributes: { material: "Oak/Leather" } }) // true
 */
export function isAbout(preference: Preference, item: CatalogItem, market?: string): boolean | undefined {
  const { topic, anyOf, band } = preference;
  switch (topic) {
    case "brand":
    case "avoid_brand":
      return item.brand === undefined ? undefined : hasAny(anyOf, [plain(item.brand)]);
    case "type":
    case "avoid_type":
      return item.type === undefined ? undefined : anyOf.some((type) => isWithin(item.type!, type));
    case "price_band":
      return band && isInBand(band, item, market);
    case "reason":
      return undefined;
    default: {
      const name = topic === "size" ? "size" : topic.slice("attribute:".length);
      const { attributes = {} } = item;
      const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
      if (value === undefined) return undefined;
      const whole = plain(value);
      return hasAny(anyOf, [whole, ...whole.split(/\s*[/,;|]\s*/)]);
    }
  }
}

const hasAny = (anyOf: readonly Scalar[], values: readonly string[]): boolean =>
  anyOf.some((one) => values.includes(plain(one)));

function isWithin(type: string, ancestor: Scalar): boolean {
  const path = typePath(type);
  return typePath(ancestor).every((step, i) => path[i] === step);
}

function isInBand({ min = 0, max = Infinity, currency }: PriceBand, item: CatalogItem, market?: string) {
  const price = priceOf(item, market);
  if (!price || (currency !== undefined && price.currency !== currency)) return undefined;
  const amount = price.minor / 10 ** minorDigits(price.currency);
  return amount >= min && amount <= max;
}
