import { ASSORTMENT } from "./assortment/assortment.ts";
import type { ColourName } from "./palette.ts";
import type { Attributes, Model, ProductType } from "./product-type.ts";

/** One sellable row: a model in one colour and size. */
export type StockedItem = {
  readonly id: string;
  /** Shared by the variants of a model; absent where there is only one. */
  readonly group?: string;
  readonly type: ProductType;
  readonly model: Model;
  readonly colour: ColourName;
  readonly size?: string;
  readonly euros: number;
  readonly attributes: Attributes;
};

const slug = (text: string) =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");

/** What a size says in numbers. @example measureOf("1 TB") // { storageGb: 1000 } */
function measureOf(size: string): Attributes {
  const match = /^(\d+(?:\.\d+)?) (GB|TB|kg|g|cm)$/.exec(size);
  if (!match) return { size };
  const value = Number(match[1]);
  switch (match[2]) {
    case "GB":
      return { storageGb: value };
    case "TB":
      return { storageGb: value * 1000 };
    case "kg":
      return { grams: value * 1000 };
    case "g":
      return { grams: value };
    default:
      return { diameterCm: value };
  }
}

/** The model's name: its leading capitalised words. @example nameOf("Vera Duo espresso machine") // "Vera Duo" */
function nameOf(title: string): string {
  const words = title.split(/[ ,]/);
  const end = words.findIndex((word, i) => i > 0 && !/^[A-Z]/.test(word));
  return words.slice(0, end === -1 ? 1 : end).join(" ");
}

function variantsOf(type: ProductType, model: Model): StockedItem[] {
  const base = `${type.key}-${slug(nameOf(model.name))}`;
  const sizes = model.sizes ?? [undefined];
  const single = model.colours.length * sizes.length === 1;
  return model.colours.flatMap((colour) =>
    sizes.map((size) => ({
      id: [
        base,
        ...(model.colours.length > 1 ? [colour] : []),
        ...(size === undefined ? [] : [slug(size.size)]),
      ].join("-"),
      ...(single ? {} : { group: base }),
      type,
      model,
      colour,
      ...(size === undefined ? {} : { size: size.size }),
      euros: model.euros + (size?.extraEuros ?? 0),
      attributes: { ...model.attributes, ...(size === undefined ? {} : measureOf(size.size)) },
    })),
  );
}

/** Every variant of every model, in the order of the assortment. */
export const STOCK: readonly StockedItem[] = ASSORTMENT.flatMap((type) =>
  type.models.flatMap((model) => variantsOf(type, model)),
);

/** Variants by the id they are sold under. */
export const STOCK_BY_ID: ReadonlyMap<string, StockedItem> = new Map(STOCK.map((item) => [item.id, item]));
