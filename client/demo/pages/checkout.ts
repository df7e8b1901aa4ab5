import { cartAsLines, cartLines, cartTotal, emptyCart } from "../cart.ts";
import { usedUp } from "../catalog.ts";
import { h, the } from "../element.ts";
import { concierge } from "../embed.ts";
import { priceText } from "../price.ts";
import { shippingFor, taxIn } from "../shipping.ts";
import { fillSlot } from "../slot.ts";

/** The checkout: a form whose contents go nowhere, then the order, then thanks with one more slot. */
export function checkoutPage(): void {
  const lines = cartLines();
  if (lines.length === 0) {
    the("main").replaceChildren(
      h("h1", {}, "Your cart is empty"),
      h("a", { href: "/demo/" }, "Back to the shop"),
    );
    return;
  }
  concierge("track", { type: "checkout_started", lines: cartAsLines() });
  the("#summary").replaceChildren(
    ...lines.map(({ item, quantity }) =>
      h(
        "li",
        {},
        h("img", { src: item.image, alt: "", width: 56, height: 56 }),
        h("span", {}, quantity > 1 ? `${quantity} × ${item.title}` : item.title),
      ),
    ),
  );
  const goods = cartTotal();
  const shipping = shippingFor(goods);
  the("#total").textContent = priceText({ ...goods, minor: goods.minor + shipping.minor });
  the("#order").addEventListener("submit", (event) => {
    event.preventDefault();
    placeOrder();
  });
}

function placeOrder(): void {
  const goods = cartTotal();
  const shipping = shippingFor(goods);
  const tax = taxIn(goods);
  const orderId = `FF-${Date.now().toString(36).toUpperCase()}`;
  concierge("track", {
    type: "order_completed",
    orderId,
    // Revenue is what the goods earned: without tax and shipping.
    revenue: { ...goods, minor: goods.minor - tax.minor },
    total: { ...goods, minor: goods.minor + shipping.minor },
    shipping,
    tax,
    lines: cartAsLines(),
  });
  emptyCart();
  concierge("cart", []);
  thank(orderId);
}

function thank(orderId: string): void {
  document.title = "Thank you · Fennel & Fjord";
  document.body.setAttribute("data-concierge-page", "order");
  const slot = h("section", { class: "slot", "data-concierge-slot": "order-next" });
  fillSlot(slot, "For next time", usedUp());
  the("main").replaceChildren(
    h(
      "div",
      { class: "thanks" },
      h("h1", {}, "Thank you"),
      h(
        "p",
        {},
        `Order ${orderId} is placed. As this is a demonstration, nothing will be charged and nothing will arrive.`,
      ),
      h("a", { class: "primary", href: "/demo/" }, "Keep looking around"),
    ),
    slot,
  );
  window.scrollTo(0, 0);
  // A page of its own in all but the address: counted as one, and its slot is asked for.
  concierge("page", { type: "order" });
}
