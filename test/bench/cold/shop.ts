import { applyChanges, EMPTY_CATALOG, type CatalogIndex } from "../../../src/core/catalog/catalog-index.ts";
import type { CatalogItem } from "../../../src/core/catalog/item.ts";
import { compileConfig } from "../../../src/core/config/compile.ts";
import { readConfig } from "../../../src/core/config/read.ts";
import { joinWorld, type World } from "../../../src/core/decide/world.ts";
import { fnv1a32 } from "../../../src/core/primitives/hash.ts";
import { emptyModel, learn } from "../../../src/core/recommend/learn/model.ts";
import { publish } from "../../../src/core/recommend/snapshot/publish.ts";
import type { Invoice } from "../shop-data.ts";

const DAY_MS = 86_400_000;

/** A shop's items and baskets, and the moments between which it is measured. */
export type Shop = {
  readonly catalog: CatalogIndex;
  readonly before: readonly Invoice[];
  readonly later: readonly Invoice[];
  readonly cut: number;
  /** Items sold before the cut: the others are nobody's to find. */
  readonly sold: ReadonlySet<string>;
};

/** The last `days` days are the test part; with `isValidation` the `days` before them, and the test part is not read. */
export function shopOf(
  items: readonly CatalogItem[],
  baskets: readonly Invoice[],
  days: number,
  isValidation: boolean,
): Shop {
  const end = baskets.at(-1)!.at - (isValidation ? days * DAY_MS : 0);
  const cut = end - days * DAY_MS;
  const before = baskets.filter(({ at }) => at < cut);
  return {
    before,
    cut,
    catalog: applyChanges(
      EMPTY_CATALOG,
      items.map((item) => ({ id: item.id, item })),
      1,
    ),
    later: baskets.filter(({ at }) => at >= cut && at <= end),
    sold: new Set(before.flatMap((basket) => basket.items)),
  };
}

/** Whether an item is among the tenth that this fold makes cold. By its name, so that every run hides the same. */
export const isHidden = (id: string, fold: number): boolean => fnv1a32(id) % 10 === fold;

/** The world as if nobody had ever bought the hidden items; without a fold, as it is. */
export function worldWithout(shop: Shop, minCustomers: number, fold?: number): World {
  const model = emptyModel();
  for (const { who, at, items } of shop.before) {
    const seen = fold === undefined ? items : items.filter((id) => !isHidden(id, fold));
    if (seen.length > 0) learn(model, { who, session: 1, at, kind: "buy", items: seen });
  }
  const snapshot = publish(model, { minCustomers, version: 1, now: shop.cut });
  return joinWorld(compileConfig(readConfig({}), 1), shop.catalog, snapshot);
}
