/** One purchase: who bought which items, each once, and when. */
export type Basket = {
  readonly id: string;
  /** A guest's label is their purchase's. */
  readonly who: string;
  readonly at: number;
  readonly items: readonly string[];
};

/** Baskets in order of time, and the items' product types where the data name them. */
export type Baskets = {
  readonly name: string;
  readonly all: readonly Basket[];
  readonly typeOf: ReadonlyMap<string, string>;
  /** Lines that no basket could be made of, or that sell nothing. */
  readonly skipped: number;
};

/** A line of a shop's books, as the columns say. */
export type Line = {
  readonly basket: string;
  readonly customer: string;
  readonly items: readonly string[];
  readonly at: number;
  readonly isSale: boolean;
};

/** Lines put together by basket. */
export function basketsOf(
  name: string,
  lines: readonly Line[],
  typeOf: ReadonlyMap<string, string> = new Map(),
): Baskets {
  const baskets = new Map<string, Omit<Basket, "items"> & { readonly items: Set<string> }>();
  let skipped = 0;
  for (const { basket: id, customer, items, at, isSale } of lines) {
    if (!isSale || id === "" || items.length === 0 || !Number.isFinite(at)) {
      skipped += 1;
      continue;
    }
    let basket = baskets.get(id);
    if (!basket) {
      basket = { id, who: customer || `guest-${id}`, at, items: new Set() };
      baskets.set(id, basket);
    }
    for (const item of items) basket.items.add(item);
  }
  const all = [...baskets.values()]
    .map((basket) => ({ ...basket, items: [...basket.items] }))
    .sort((a, b) => a.at - b.at);
  return { name, all, typeOf, skipped };
}
