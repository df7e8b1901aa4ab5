import type { Money } from "../../src/core/primitives/money.ts";
import { itemOf, paidFor, type DemoItem } from "./catalog.ts";
import { concierge } from "./embed.ts";
import { sumOf } from "./price.ts";

/** What lies in the cart: the shop's own memory on this device, needed to shop at all. */
type Stored = { readonly [id: string]: number };
const KEY = "shop.cart";

export type CartLine = { readonly item: DemoItem; readonly quantity: number };

function read(): Stored {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Stored;
  } catch {
    return {};
  }
}

function write(stored: Stored): void {
  localStorage.setItem(KEY, JSON.stringify(stored));
  document.dispatchEvent(new Event("shop:cart"));
}

/** The cart's lines; items that are no longer sold drop out. */
export function cartLines(): CartLine[] {
  return Object.entries(read()).flatMap(([id, quantity]) => {
    const item = itemOf(id);
    return item ? [{ item, quantity }] : [];
  });
}

/** Pieces in the cart. */
export const cartCount = (): number => Object.values(read()).reduce((sum, quantity) => sum + quantity, 0);

/** The cart in the words of the event list. */
export const cartAsLines = () =>
  cartLines().map(({ item, quantity }) => ({ item: item.id, quantity, price: paidFor(item) }));

export const cartTotal = (): Money =>
  sumOf(
    cartLines().map(({ item, quantity }) => ({ ...paidFor(item), minor: paidFor(item).minor * quantity })),
  );

/** Puts one more piece into the cart, and says so. */
export function addToCart(item: DemoItem): void {
  const stored = read();
  write({ ...stored, [item.id]: (stored[item.id] ?? 0) + 1 });
  concierge("track", { type: "product_added", item: item.id, quantity: 1, price: paidFor(item) });
  concierge("cart", cartAsLines());
}

/** Sets a line's quantity, 0 to 99; at 0 the line goes. Says what became of the cart, and asks its slot again. */
export function setQuantity(id: string, quantity: number): void {
  const { [id]: before = 0, ...others } = read();
  write(quantity > 0 ? { ...read(), [id]: Math.min(99, quantity) } : others);
  if (quantity > 0) concierge("track", { type: "cart_updated", lines: cartAsLines() });
  else {
    concierge("track", { type: "product_removed", item: id, quantity: before });
    concierge("cart", cartAsLines());
  }
  concierge("decide");
}

export const emptyCart = (): void => write({});
