import type { CatalogItem } from "../../core/catalog/item.ts";
import { fnv1a32 } from "../../core/primitives/hash.ts";
import { moneyOf, type Money } from "../../core/primitives/money.ts";
import { seededRng } from "../../core/primitives/rng.ts";
import { DECLARED } from "./complements.ts";
import { STOCK, type StockedItem } from "./stock.ts";

const euros = (amount: number): Money => moneyOf(amount.toFixed(2), "EUR")!;

/** GTIN-13 in the range GS1 leaves to shops (prefix 2), with its check digit (GS1 General Specifications, 7.9). */
function gtinOf(id: string): string {
  const body = `20${String(fnv1a32(id) % 10_000_000_000).padStart(10, "0")}`;
  const sum = [...body].reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 1 : 3), 0);
  return body + String((10 - (sum % 10)) % 10);
}

function titleOf({ model, colour, size }: StockedItem): string {
  const parts = [
    model.name,
    ...(model.colours.length > 1 ? [colour] : []),
    ...(size === undefined ? [] : [size]),
  ];
  return parts.join(", ");
}

/** First variant of each declared complement's model that is not the item itself. */
function goesWithOf(item: StockedItem): string[] {
  const declared = DECLARED[item.group ?? item.id] ?? DECLARED[item.id] ?? [];
  return declared.flatMap((model) => {
    const match = STOCK.find((other) => other.id === model || other.group === model);
    return match ? [match.id] : [];
  });
}

function catalogItem(item: StockedItem): CatalogItem {
  // Chance per model, so that the variants of one product are on sale, or not, together.
  const perModel = seededRng(`model:${item.group ?? item.id}`);
  const perItem = seededRng(`item:${item.id}`);
  const onSale = perModel() < 0.13;
  const discount = 0.1 + 0.05 * Math.floor(perModel() * 4);
  const costShare = 0.42 + 0.24 * perModel();
  const stockChance = perItem();
  const goesWith = goesWithOf(item);
  return {
    id: item.id,
    title: titleOf(item),
    brand: item.model.brand,
    type: item.type.path,
    description: item.type.story,
    url: `/demo/product.html?id=${item.id}`,
    image: `/demo/pictures/${item.id}.svg`,
    price: euros(item.euros),
    // A sale price ends in 90 cents, like the prices around it.
    ...(onSale ? { salePrice: euros(Math.max(1, Math.round(item.euros * (1 - discount))) - 0.1) } : {}),
    cost: euros(item.euros * costShare),
    availability: stockChance < 0.03 ? "out_of_stock" : stockChance < 0.04 ? "preorder" : "in_stock",
    ...(item.group === undefined ? {} : { group: item.group }),
    sku: `FF-${String(fnv1a32(`sku:${item.id}`) % 1_000_000).padStart(6, "0")}`,
    gtin: gtinOf(item.id),
    attributes: { colour: item.colour, ...item.attributes },
    ...(goesWith.length > 0 ? { goesWith } : {}),
    ...(item.type.replenishDays === undefined ? {} : { replenishDays: item.type.replenishDays }),
  };
}

/**
 * What the demo shop "Fennel & Fjord" sells: some three hundred variants in twelve categories, the same at every call.
 * Brands and prices are invented. @example demoCatalog()[0]?.id // "kettle-pip-white"
 */
export function demoCatalog(): CatalogItem[] {
  return STOCK.map(catalogItem);
}
