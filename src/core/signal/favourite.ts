import type { CatalogItem } from "../catalog/item.ts";
import type { SignalInput } from "./signal.ts";

/** How much an act says about taste. */
const WEIGHT = { view: 1, click: 1, cart: 3, buy: 5 } as const;

/** The value of a field that the customer's recent acts name most; ties go to the more recent. */
export function favourite(
  { view, catalog }: SignalInput,
  field: (item: CatalogItem) => string | undefined,
): string | undefined {
  const weights = new Map<string, number>();
  for (const touch of view.recent) {
    const item = catalog.items[catalog.ordinal.get(touch.item) ?? -1];
    const value = item && field(item);
    if (value === undefined) continue;
    const weight = (weights.get(value) ?? 0) + WEIGHT[touch.kind];
    weights.delete(value);
    weights.set(value, weight);
  }
  let best: string | undefined;
  let most = 0;
  for (const [value, weight] of weights) if (weight >= most) [best, most] = [value, weight];
  return best;
}
