import { whenParsed } from "./parsed.ts";
import { say } from "./say.ts";

type Line = { readonly id: number; readonly sku?: string; readonly quantity: number };
type JQuery = (target: Element) => { on(names: string, hear: () => void): void };

const BLOCKS = ["wc-blocks_added_to_cart", "wc-blocks_removed_from_cart"];
const CLASSIC = "added_to_cart removed_from_cart updated_cart_totals";

/**
 * Tells the snippet what lies in WooCommerce's cart, whenever the shop says that it changed. Its events do not name the
 * product, so the cart itself is read, from the shop's own Store API, whose address WordPress prints on every page.
 */
export function connectWooCommerce(): void {
  let asked = 0;
  const tell = async (): Promise<void> => {
    const turn = ++asked;
    const root = document.querySelector<HTMLLinkElement>('[rel="https://api.w.org/"]')?.href ?? "/wp-json/";
    try {
      const cart = (await (await fetch(root + "wc/store/v1/cart")).json()) as { items: readonly Line[] };
      const lines = cart.items.map(({ id, sku, quantity }) => ({
        item: sku ? { id: String(id), sku } : String(id),
        quantity,
      }));
      // An answer that was overtaken tells of a cart that is no more.
      if (turn == asked) say("track", { type: "cart_updated", lines });
    } catch {
      // No Store API, or no cart yet: the next change tells.
    }
  };
  whenParsed(() => {
    for (const name of BLOCKS) document.body.addEventListener(name, tell);
    (window as { jQuery?: JQuery }).jQuery?.(document.body).on(CLASSIC, tell);
  });
}
