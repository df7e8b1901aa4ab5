import type { Attributes } from "../../../../src/core/segment/evaluate.ts";
import type { ItemLookups } from "../../../../src/core/segment/count/occurrence.ts";
import { newOrder, tell, type Order, type OrderEvent } from "../../../../src/core/order/order.ts";
import { digestOf } from "../../../../src/core/event/resolved.ts";

/** A shop of three teas and a kettle; prices in major units. */
const SHOP: { readonly [id: string]: Attributes } = {
  green: { id: "green", type: "Tea > Green", brand: "Leaf", price: 10, attributes: { organic: true } },
  black: { id: "black", type: "Tea > Black", brand: "Leaf", price: 20, attributes: {} },
  white: { id: "white", type: "Tea > White", brand: "Bud", price: 30, attributes: {} },
  kettle: { id: "kettle", type: "Kitchen > Kettles", brand: "Steam", price: 60, attributes: {} },
};
export const lookups: ItemLookups = { attributesOf: (item) => SHOP[item] };

type Bought = {
  readonly id: string;
  readonly at: number;
  readonly lines: readonly (readonly [item: string, quantity: number])[];
  readonly minor: number;
  readonly currency?: string;
  readonly channel?: "web" | "store";
};

export function completed({ id, at, lines, minor, currency = "EUR", channel }: Bought): OrderEvent {
  return {
    type: "order_completed",
    id: `e-${id}`,
    at,
    orderId: id,
    revenue: { minor, currency },
    lines: lines.map(([item, quantity]) => ({ item, quantity })),
    ...(channel ? { channel } : {}),
    digest: digestOf(`${id}${at}${minor}`),
  } as unknown as OrderEvent;
}

/** An order that the shop told, and what was undone of it. */
export function orderOf(bought: Bought, ...undone: readonly OrderEvent[]): Order {
  let order = tell(newOrder(`key-${bought.id}`), completed(bought), true, true);
  for (const event of undone) order = tell(order, event, true, true);
  return order;
}

export const refund = (
  id: string,
  at: number,
  lines?: readonly (readonly [item: string, quantity: number])[],
): OrderEvent =>
  ({
    type: "order_refunded",
    id: `r-${id}-${at}`,
    at,
    orderId: id,
    digest: at,
    ...(lines ? { lines: lines.map(([item, quantity]) => ({ item, quantity })) } : {}),
  }) as unknown as OrderEvent;
