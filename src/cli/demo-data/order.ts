import type { InferInput } from "valibot";
import type { ShopEvent } from "../../core/event/event.ts";
import type { ShelfItem } from "./taste.ts";

type OrderInput = Omit<Extract<InferInput<typeof ShopEvent>, { type: "order_completed" }>, "id" | "at">;

/** Value added tax contained in a price, in percent of the net price. */
const VAT_PERCENT = 19;
const FREE_SHIPPING_CENTS = 4_900;
const SHIPPING_CENTS = 490;

/** The order that a basket becomes: one piece each, VAT taken out of the revenue, shipping free from 49 euros. */
export function orderOf(orderId: string, basket: readonly ShelfItem[]): OrderInput {
  const money = (minor: number) => ({ minor, currency: "EUR" });
  const goods = basket.reduce((sum, one) => sum + one.cents, 0);
  const shipping = goods >= FREE_SHIPPING_CENTS ? 0 : SHIPPING_CENTS;
  const tax = Math.round((goods * VAT_PERCENT) / (100 + VAT_PERCENT));
  return {
    type: "order_completed",
    orderId,
    revenue: money(goods - tax),
    total: money(goods + shipping),
    shipping: money(shipping),
    tax: money(tax),
    lines: basket.map((one) => ({ item: one.item.id, quantity: 1, price: money(one.cents) })),
    page: { type: "order" },
  };
}
