import { say } from "./say.ts";

type Line = { readonly id: number; readonly sku?: string; readonly quantity: number };
type Listener = (
  event: unknown,
  fragments?: unknown,
  hash?: unknown,
  button?: { get?(index: number): Element },
) => void;
type JQuery = (target: Element) => { on(names: string, hear: Listener): void };

const BLOCKS = ["wc-blocks_added_to_cart", "wc-blocks_removed_from_cart"];
const CLASSIC = "added_to_cart removed_from_cart updated_cart_totals";

/**
 * Tells the snippet what lies in WooCommerce's cart, whenever the shop says that it changed. Its events do not name the
 * product, so the cart itself is read, from the shop's own Store API.
 */
export function connectWooCommerce(): void {
  const tell = async (): Promise<void> => {
    try {
      const cart = (await (await fetch("/wp-json/wc/store/v1/cart")).json()) as { items: readonly Line[] };
      const lines = cart.items.map(({ id, sku, quantity }) => ({
        item: sku ? { id: String(id), sku } : String(id),
        quantity,
      }));
      say("track", { type: "cart_updated", lines });
    } catch {
      // No Store API, or no cart yet: the next change tells.
    }
  };
  for (const name of BLOCKS) document.body.addEventListener(name, tell);
  (window as { jQuery?: JQuery }).jQuery?.(document.body).on(CLASSIC, tell);
}
