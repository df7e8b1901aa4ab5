import type { ColourName } from "./palette.ts";
import type { ShapeName } from "./shapes/shape-list.ts";

/** Measurable facts of a model. Names carry their unit, so that a page can print them and an up-sell compare them. */
export type Attributes = { readonly [name: string]: string | number | boolean };

/** One product as the shop talks about it; its variants become catalog items of one group. */
export type Model = {
  /** Leading capitalised words are the model's name, unique within the type: the item's id is built from it. */
  readonly name: string;
  readonly brand: string;
  /** Price in euros, VAT included. */
  readonly euros: number;
  readonly attributes: Attributes;
  /** Colours it is sold in; more than one makes it an item group. */
  readonly colours: readonly ColourName[];
  /** Sizes it is sold in, each with the euros it costs more than the first. */
  readonly sizes?: readonly { readonly size: string; readonly extraEuros: number }[];
  /** A drawing of its own, where the type's would mislead. */
  readonly shape?: ShapeName;
};

/** A need that several models answer: what up-sells stay within. */
export type ProductType = {
  readonly key: string;
  /** Path as it stands in the catalog. @example "Kitchen > Tea & Coffee > Kettles" */
  readonly path: string;
  readonly shape: ShapeName;
  /** What the product page says about every model of this type. */
  readonly story: string;
  /** Days after which a buyer usually needs it again. */
  readonly replenishDays?: number;
  readonly models: readonly Model[];
};

/**
 * One row of an assortment table. @example model("Loch kettle", "Brae", 69, { watt: 1200 }, ["cream"])
 */
export function model(
  name: string,
  brand: string,
  euros: number,
  attributes: Attributes,
  colours: readonly ColourName[],
  more: Pick<Model, "sizes" | "shape"> = {},
): Model {
  return { name, brand, euros, attributes, colours, ...more };
}

/** Sizes as "name: euros more than the first". @example sizes({ S: 0, L: 10 }) */
export function sizes(extraEuros: { readonly [size: string]: number }): Pick<Model, "sizes"> {
  return { sizes: Object.entries(extraEuros).map(([size, extra]) => ({ size, extraEuros: extra })) };
}
