import { standingOf, unitsOf, type Order, type OrderLine, type Standing } from "../../order/order.ts";
import { minorDigits } from "../../primitives/money.ts";
import { lazyItem, type ItemLookups, type Occurrence } from "./occurrence.ts";

/**
 * What a customer's orders count as: `ordered` once for each that stands, `bought` once for each product of it that was
 * kept. An order that was cancelled or wholly paid back is none. Values are net of what was paid back, in the currency of
 * most of the customer's orders (of the earlier ones where two are equal); an order in another currency counts, but has no
 * value. A product's value is its share of what its order earned, by the catalog's present prices, or by pieces where one
 * of them has none.
 */
export function occurrencesOfOrders(orders: Iterable<Order>, lookups: ItemLookups): Occurrence[] {
  const standing: Standing[] = [];
  for (const order of orders) {
    const one = standingOf(order);
    if (one && !isUndone(order, one)) standing.push(one);
  }
  standing.sort((a, b) => a.at - b.at || a.digest - b.digest);
  const main = mainCurrency(standing);
  return standing.flatMap((one) => [
    orderOccurrence(one, main, lookups),
    ...lineOccurrences(one, main, lookups),
  ]);
}

/** An order of value 0 is undone when nothing of it is left; any other when all of it was paid back. */
const isUndone = (order: Order, { minor, refundedMinor, kept }: Standing): boolean =>
  order.undone.length > 0 && refundedMinor >= minor && (minor > 0 || kept.length === 0);

function mainCurrency(standing: readonly Standing[]): string | undefined {
  const times = new Map<string, number>();
  for (const { currency } of standing) times.set(currency, (times.get(currency) ?? 0) + 1);
  let main: string | undefined;
  // In the order of the first order of each.
  for (const [currency, count] of times) if (main === undefined || count > times.get(main)!) main = currency;
  return main;
}

type Worth = Pick<Occurrence, "quantity" | "value">;

function worthOf(minor: number, quantity: number, { currency }: Standing, main: string | undefined): Worth {
  return currency === main ? { quantity, value: { minor, digits: minorDigits(currency) } } : { quantity };
}

const fieldsOf = ({ quantity, value }: Worth, { channel, currency }: Standing) => ({
  value: value ? value.minor / 10 ** value.digits : null,
  quantity: quantity ?? null,
  channel: channel ?? null,
  currency,
});

function orderOccurrence(order: Standing, main: string | undefined, lookups: ItemLookups): Occurrence {
  const worth = worthOf(order.minor - order.refundedMinor, unitsOf(order), order, main);
  const items = order.kept.map(([item]) => item).filter((item) => !lookups.isOut?.(item));
  const types = items.map((item) => lookups.attributesOf(item)?.["type"]);
  const attributes = {
    ...fieldsOf(worth, order),
    items,
    types: [...new Set(types.filter((type) => typeof type === "string"))],
  };
  return { event: "ordered", at: order.at, ...worth, attributes };
}

function lineOccurrences(order: Standing, main: string | undefined, lookups: ItemLookups): Occurrence[] {
  const shares = sharesOf(order.minor - order.refundedMinor, order.kept, lookups);
  return order.kept.flatMap(([item, quantity], i) => {
    if (lookups.isOut?.(item)) return [];
    const worth = worthOf(shares[i]!, quantity, order, main);
    const attributes: Record<string, unknown> = fieldsOf(worth, order);
    lazyItem(attributes, item, lookups);
    return [{ event: "bought" as const, at: order.at, item, ...worth, attributes }];
  });
}

/** An amount parted among lines, to the last minor unit. */
function sharesOf(minor: number, lines: readonly OrderLine[], lookups: ItemLookups): number[] {
  const prices = lines.map(([item]) => lookups.attributesOf(item)?.["price"]);
  const arePriced = prices.every((price) => typeof price === "number" && price > 0);
  const weights = lines.map(([, quantity], i) => (arePriced ? (prices[i] as number) * quantity : quantity));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  let reached = 0;
  let given = 0;
  return weights.map((weight, i) => {
    reached += weight;
    const upTo = i === weights.length - 1 ? minor : Math.round((minor * reached) / whole);
    const share = upTo - given;
    given = upTo;
    return share;
  });
}
