import { paidFor, type DemoItem } from "./catalog.ts";
import { h } from "./element.ts";
import { priceText } from "./price.ts";

/**
 * The shop's one product card, as the template that the snippet fills too: what it shows looks like everything else
 * here. Brands, titles and prices keep their lines free, so that every card is equally tall.
 */
export function cardTemplate(): HTMLTemplateElement {
  const template = h("template", { "data-concierge-card": true }) as HTMLTemplateElement;
  template.content.append(
    h(
      "article",
      { class: "card" },
      h(
        "a",
        { class: "card-link", "data-concierge-field": "url" },
        h("img", { "data-concierge-field": "image", alt: "", width: 400, height: 400, loading: "lazy" }),
        h("span", { class: "card-brand", "data-concierge-field": "brand" }),
        h("strong", { class: "card-title", "data-concierge-field": "title" }),
        h(
          "span",
          { class: "card-price" },
          h("span", { "data-concierge-field": "price" }),
          h("del", { "data-concierge-field": "regularPrice" }),
        ),
      ),
      h("small", { class: "card-why", "data-concierge-field": "why" }),
    ),
  );
  return template;
}

const made = cardTemplate();

/** A card that the shop itself shows. */
export function productCard(item: DemoItem): HTMLElement {
  const card = made.content.firstElementChild!.cloneNode(true) as HTMLElement;
  card.classList.add("own");
  const paid = paidFor(item);
  const texts: { readonly [field: string]: string | undefined } = {
    brand: item.brand,
    title: item.title,
    price: priceText(paid),
    // Where a pick says why it is here, the shop says what it is.
    why: item.description,
    regularPrice: item.price && item.price.minor > paid.minor ? priceText(item.price) : undefined,
  };
  for (const place of card.querySelectorAll("[data-concierge-field]")) {
    const field = place.getAttribute("data-concierge-field")!;
    // A card of the shop's own is not a pick: it must not look like one to anybody who reads the page.
    place.removeAttribute("data-concierge-field");
    if (field === "url") place.setAttribute("href", item.url!);
    else if (field === "image") place.setAttribute("src", item.image!);
    else if (texts[field] === undefined) place.remove();
    else place.textContent = texts[field];
  }
  return card;
}
