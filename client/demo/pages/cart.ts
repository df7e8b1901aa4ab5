import { cartLines, cartTotal, setQuantity, type CartLine } from "../cart.ts";
import { paidFor, usedUp } from "../catalog.ts";
import { button, h, the } from "../element.ts";
import { priceText } from "../price.ts";
import { fillSlot, slotElement } from "../slot.ts";
import { shippingFor } from "../shipping.ts";

/** The cart: lines with quantities, the sum, and what goes with it. */
export function cartPage(): void {
  const slot = slotElement("cart-goes-with");
  if (slot) fillSlot(slot, "Little things people forget", usedUp());
  document.addEventListener("shop:cart", show);
  show();
}

function show(): void {
  const lines = cartLines();
  const total = cartTotal();
  const shipping = shippingFor(total);
  the("#lines").replaceChildren(
    ...(lines.length > 0
      ? lines.map(row)
      : [
          h(
            "div",
            { class: "nothing" },
            h("img", { src: "/demo/pictures/backpack-saddle-ochre.svg", alt: "", width: 160, height: 160 }),
            h("h2", {}, "Nothing in here yet"),
            h("p", {}, "What you put in the cart stays on this device until you come back."),
            h("a", { class: "primary", href: "/demo/" }, "Have a look around"),
          ),
        ]),
  );
  the("#sum").hidden = lines.length === 0;
  the("#goods").textContent = priceText(total);
  the("#shipping").textContent = shipping.minor === 0 ? "free" : priceText(shipping);
  the("#total").textContent = priceText({ ...total, minor: total.minor + shipping.minor });
}

function row({ item, quantity }: CartLine): HTMLElement {
  const paid = paidFor(item);
  const set = (next: number) => () => setQuantity(item.id, next);
  return h(
    "article",
    { class: "line" },
    h(
      "a",
      { href: item.url, tabindex: -1, "aria-hidden": "true" },
      h("img", { src: item.image, alt: "", width: 96, height: 96 }),
    ),
    h(
      "div",
      {},
      h("p", { class: "card-brand" }, item.brand),
      h("a", { class: "card-title", href: item.url }, item.title),
    ),
    h(
      "div",
      { class: "quantity", role: "group", "aria-label": "Quantity" },
      labelled(button("−", "", set(quantity - 1)), "One less"),
      h("output", {}, String(quantity)),
      labelled(button("+", "", set(quantity + 1)), "One more"),
    ),
    h("strong", {}, priceText({ ...paid, minor: paid.minor * quantity })),
    button("Remove", "quiet", set(0)),
  );
}

function labelled(element: HTMLElement, label: string): HTMLElement {
  element.setAttribute("aria-label", label);
  return element;
}
