import type { PickedItem } from "../../src/core/wire/decide.ts";
import { absolute, marked, said } from "./dom.ts";
import { setting } from "./script.ts";

/** Makes an element with one attribute of ours; nothing here ever parses markup. */
export function create(
  tag: string,
  name: string,
  value: string,
  ...children: (Node | string)[]
): HTMLElement {
  const element = document.createElement(tag);
  element.setAttribute("data-concierge-" + name, value);
  element.append(...children);
  return element;
}

/** The card of a shop that brought none. */
function plainCard(): HTMLElement {
  const image = create("img", "field", "image") as HTMLImageElement;
  image.alt = "";
  image.loading = "lazy";
  image.width = image.height = 240;
  return create(
    "a",
    "field",
    "url",
    image,
    ...["brand", "title", "price", "regularPrice"].map((field) =>
      create(field == "regularPrice" ? "del" : "span", "field", field),
    ),
  );
}

/** Fills one place of a card, with text or an address. A place the item has nothing for goes away; a link stays. */
function fill(place: Element, item: PickedItem): void {
  const field = said(place, "field")!;
  const value = ({ ...item, why: item.why.text } as { readonly [field: string]: unknown })[field];
  const link = { url: "href", image: "src" }[field];
  if (!value) {
    if (field != "url") place.remove();
  } else if (link) {
    const { href, protocol } = absolute(value as string);
    if (/^https?:/.test(protocol)) place.setAttribute(link, href);
  } else place.textContent = (value as PickedItem["price"])!.text ?? (value as string);
}

/** A pick as the page shows it: the shop's template or a plain card, the reason, and the visitor's levers. */
export function cardOf(item: PickedItem, template: HTMLTemplateElement | null): HTMLElement {
  const card = (template?.content.firstElementChild?.cloneNode(true) ?? plainCard()) as HTMLElement;
  for (const place of [card, ...card.querySelectorAll(marked("field"))])
    if (said(place, "field")) fill(place, item);
  const pick = create("li", "pick", item.id, card);
  // Buttons inside a link would be followed: the link gets a neighbour instead.
  (card.matches("a") ? pick : card).append(
    create(
      "details",
      "why",
      "",
      // The shop may word the levers itself, on the script tag: `data-own_it="Hab ich schon"`.
      create("summary", "control", "why", setting("why") ?? "Why this?"),
      item.why.text,
      ...item.controls.map((feedback) => {
        const words = setting(feedback) ?? feedback.replace(/_/g, " ");
        const button = create("button", "control", feedback, words) as HTMLButtonElement;
        // Inside a form another kind would send it.
        button.type = "button";
        return button;
      }),
    ),
  );
  return pick;
}
