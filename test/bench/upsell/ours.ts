import { applyChanges, EMPTY_CATALOG } from "../../../src/core/catalog/catalog-index.ts";
import type { CatalogItem } from "../../../src/core/catalog/item.ts";
import { compileConfig } from "../../../src/core/config/compile.ts";
import { DEFAULT_SETTINGS } from "../../../src/core/config/defaults.ts";
import { readConfig } from "../../../src/core/config/read.ts";
import { setScene } from "../../../src/core/decide/set-scene.ts";
import { upSell } from "../../../src/core/decide/strategy/up-sell.ts";
import { joinWorld } from "../../../src/core/decide/world.ts";
import type { Fact } from "../../../src/core/recommend/fact.ts";
import { emptyModel, learn, type Model } from "../../../src/core/recommend/learn/model.ts";
import { publish } from "../../../src/core/recommend/snapshot/publish.ts";
import type { Ranker } from "./measure.ts";
import type { Part, Shop } from "./task.ts";

/** The product's model after all baskets of the past, one by one in order of time. */
export function learned({ past }: Part): { readonly model: Model; readonly usPerBasket: number } {
  const facts = [...Map.groupBy(past, ({ basket }) => basket)].map(([, lines], session): Fact => {
    const { household, at } = lines[0]!;
    return {
      who: `household ${household}`,
      session,
      at,
      kind: "buy",
      items: [...new Set(lines.map((one) => one.product))],
    };
  });
  const model = emptyModel();
  const from = performance.now();
  for (const fact of facts) learn(model, fact);
  return { model, usPerBasket: ((performance.now() - from) * 1000) / facts.length };
}

/** The strategy as a product page asks it; `us` gathers what each question took, in microseconds. */
export function strategyRanker(
  shop: Shop,
  { cutAt }: Part,
  model: Model,
  minCustomers: number,
  us: number[],
): Ranker {
  const items = [...shop.cents].flatMap(([id, minor]): CatalogItem[] => {
    const product = shop.products.get(id);
    if (!product) return [];
    const { type, maker, label, packageSize } = product;
    const attributes = { ...(label && { label }), ...(packageSize && { packageSize }) };
    return [
      {
        id,
        title: id,
        availability: "in_stock",
        price: { minor, currency: "USD" },
        type,
        ...(maker === undefined ? {} : { brand: maker }),
        attributes,
      },
    ];
  });
  const catalog = applyChanges(
    EMPTY_CATALOG,
    items.map((item) => ({ id: item.id, item })),
    1,
  );
  const snapshot = publish(model, { minCustomers, version: 1, now: cutAt });
  const world = joinWorld(compileConfig(readConfig({}), 1), catalog, snapshot);
  const asked = {
    now: cutAt,
    market: undefined,
    locale: undefined,
    device: undefined,
    cart: [],
    exclude: [],
  };
  return ({ from, candidates }) => {
    const scene = setScene(world, { ...asked, page: { item: from } }, undefined);
    const start = performance.now();
    const proposed = upSell.propose({
      scene,
      seeds: [scene.current],
      settings: DEFAULT_SETTINGS,
      limit: items.length,
    });
    us.push((performance.now() - start) * 1000);
    const scores = new Map(proposed.map(({ ordinal, score }) => [catalog.items[ordinal]!.id, score]));
    return candidates.map((candidate) => scores.get(candidate) ?? 0);
  };
}
