import { addToCart } from "../cart.ts";
import {
  itemOf,
  itemsIn,
  onePerGroup,
  paidFor,
  pathOf,
  slug,
  variantsOf,
  type DemoItem,
} from "../catalog.ts";
import { button, h, icon, the, type IconName } from "../element.ts";
import { priceText } from "../price.ts";
import { shippingFor } from "../shipping.ts";
import { fillSlot, slotElement } from "../slot.ts";
import { attributeRows } from "./attribute-rows.ts";
import { crumbs } from "./category.ts";
import { productJsonLd } from "./product-json-ld.ts";

const AVAILABILITY: { readonly [state: string]: string } = {
  in_stock: "In stock, with you in two days",
  preorder: "Not out yet, order ahead",
  backorder: "Comes in three weeks",
  out_of_stock: "Sold out at the moment",
};

/** One product: picture, price, variants, facts; what goes with it and what would be a step up. */
export function productPage(): void {
  const item = itemOf(new URLSearchParams(location.search).get("id"));
  if (!item) {
    the("main").replaceChildren(
      h("h1", {}, "We do not have this product"),
      h("a", { href: "/demo/" }, "Back to the shop"),
    );
    return;
  }
  document.title = `${item.title} · Fennel & Fjord`;
  document.body.setAttribute("data-concierge-item", item.id);
  document.head.append(productJsonLd(item));
  the("#crumbs").replaceChildren(...crumbs(pathOf(item)));
  const picture = the<HTMLImageElement>("#picture");
  picture.src = item.image!;
  picture.alt = item.title;
  the("#about").replaceChildren(...about(item));
  fillSlots(item);
}

function about(item: DemoItem): HTMLElement[] {
  const paid = paidFor(item);
  const isReduced = item.salePrice !== undefined;
  const add = button("Add to cart", "primary", () => {
    addToCart(item);
    added.hidden = false;
  });
  if (item.availability === "out_of_stock") add.setAttribute("disabled", "");
  const added = h(
    "p",
    { class: "added", role: "status" },
    "In your cart. ",
    h("a", { href: "/demo/cart.html" }, "Go to cart"),
  );
  added.hidden = true;
  return [
    h("p", { class: "card-brand" }, item.brand),
    h("h1", {}, item.title),
    h("p", { class: "story" }, item.description),
    h(
      "p",
      { class: "product-price" },
      h("span", { class: isReduced ? "reduced" : "" }, priceText(paid)),
      isReduced && h("del", {}, priceText(item.price!)),
      h("small", {}, "VAT included"),
    ),
    ...variants(item),
    add,
    added,
    h("p", { class: `stock ${item.availability}` }, AVAILABILITY[item.availability]),
    h(
      "ul",
      { class: "assurances" },
      assurance(
        "box",
        shippingFor(paid).minor === 0 ? "Delivered free" : `Delivery ${priceText(shippingFor(paid))}`,
      ),
      assurance("back", "60 days to send it back"),
      assurance("tool", "Repaired, not replaced"),
    ),
    h("h2", { class: "facts-title" }, "Facts"),
    h("dl", { class: "facts" }, ...attributeRows(item)),
  ];
}

function assurance(name: IconName, text: string): HTMLElement {
  const line = h("li", {}, text);
  line.prepend(icon(name));
  return line;
}

function variants(item: DemoItem): HTMLElement[] {
  const all = variantsOf(item);
  if (all.length < 2) return [];
  return [
    h(
      "nav",
      { class: "variants", "aria-label": "Variants" },
      ...all.map((variant) =>
        h(
          "a",
          { href: variant.url, "aria-current": variant.id === item.id && "page", title: variant.title },
          h("img", { src: variant.image, alt: "", width: 56, height: 56 }),
          h("span", {}, variant.title.split(", ").at(-1)),
        ),
      ),
    ),
  ];
}

function fillSlots(item: DemoItem): void {
  const isOther = (other: DemoItem) =>
    other.id !== item.id && (item.group === undefined || other.group !== item.group);
  const others = (step: string) => onePerGroup(itemsIn(slug(step))).filter(isOther);
  const [, category, type] = pathOf(item);
  const goesWith = slotElement("product-goes-with");
  const better = slotElement("product-better");
  for (const slot of [goesWith, better]) slot?.style.setProperty("--about", `url("${item.image}")`);
  if (goesWith) {
    const declared = (item.goesWith ?? []).flatMap((id) => itemOf(id) ?? []);
    const neighbours = others(category!).filter(
      (other) => !declared.includes(other) && other.type !== item.type,
    );
    fillSlot(
      goesWith,
      "You may also need",
      [...declared, ...neighbours],
      "A few things that make it complete.",
    );
  }
  if (better)
    fillSlot(
      better,
      "Worth comparing",
      [...others(type!), ...others(category!)],
      "For the same use, and worth a look before you decide.",
    );
}
