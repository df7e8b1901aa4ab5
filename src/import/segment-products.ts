import { fail, succeed, type Result } from "../core/primitives/result.ts";
import { productLine, type ProductLine, type ProductNames } from "./product-line.ts";
import { fieldsOf, type Fields } from "./read-field.ts";
import { refusal } from "./unparsed-event.ts";

/** v1 called the product's id `id`; v2 calls it `product_id`. */
export const namesOf = (product: Fields): ProductNames => ({
  product: product["product_id"] ?? product["productId"] ?? product["id"],
  sku: product["sku"],
  url: product["url"],
});

/** One product of a Segment call as a line; `pointer` is where it stands in the call. */
export const lineOf = (product: Fields, currency: unknown, pointer: string): Result<ProductLine> =>
  productLine({
    names: namesOf(product),
    quantity: product["quantity"],
    price: product["price"],
    currency: product["currency"] ?? currency,
    pointer,
    idName: "product_id",
  });

/** `products[]` as lines; none when the call has none. */
export function linesOf(properties: Fields, currency: unknown): Result<readonly ProductLine[] | undefined> {
  const products = properties["products"] ?? undefined;
  if (products === undefined) return succeed(undefined);
  if (!Array.isArray(products)) return fail(refusal("/properties/products", "a list of products", products));
  const lines: ProductLine[] = [];
  for (const [index, product] of products.entries()) {
    const line = lineOf(fieldsOf(product), currency, `/properties/products/${index}`);
    if (!line.ok) return line;
    lines.push(line.value);
  }
  return succeed(lines);
}
