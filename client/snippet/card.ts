import type { Control, PickedItem } from "../../src/core/wire/decide.ts";
import { absolute, marked, said } from "./dom.ts";
import { on } from "./guard.ts";
import { priceText } from "./money.ts";
import { capture } from "./queue.ts";
import { setting } from "./script.ts";

/** Makes an element with one attribute of ours; nothing here ever parses markup. */
function create(tag: string, name: string, value: string, ...children: (Node | string)[]): HTMLElement {
  const element = document.createElement(tag);
  element.setAttribute("data-concierge-" + name, value);
  element.append(...children);
  return element;
}

/** The card of a shop that brought none. */
const plainCard = (): HTMLElement =>
  create(
    "article",
    "plain",
    "",
    create(
      "a",
      "field",
      "url",
      ...Object.entries({
        image: "img",
        brand: "span",
        title: "strong",
        price: "span",
        regularPrice: "del",
      }).map(([field, tag]) => create(tag, "field", field)),
    ),
  );

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
  } else
    place.textContent = (value as PickedItem["price"])!.currency
      ? priceText(value as never)
      : (value as string);
}

/** A pick as the page shows it: the shop's template or a plain card, the reason, and the visitor's levers. */
export function cardOf(item: PickedItem, template: HTMLTemplateElement | null, token?: string): HTMLElement {
  const filled = (template?.content.firstElementChild?.cloneNode(true) ?? plainCard()) as HTMLElement;
  for (const place of [filled, ...filled.querySelectorAll(marked("field"))])
    if (said(place, "field")) fill(place, item);
  // Buttons inside a link would be followed: the link gets a neighbour instead.
  const card = filled.matches("a") ? create("div", "plain", "", filled) : filled;
  // The shop may word the levers itself, on the script tag: `data-own_it="Hab ich schon"`.
  const button = (feedback: Control): HTMLElement => {
    const element = create("button", "control", feedback, setting(feedback) ?? feedback.replace(/_/g, " "));
    on(element, "click", (event) => {
      // Inside a form a button would send it.
      event.preventDefault();
      capture({ type: "feedback_given", item: item.id, feedback });
      card.remove();
    });
    return element;
  };
  card.append(
    create(
      "details",
      "why",
      "",
      create("summary", "control", "why", setting("why") ?? "Why this?"),
      item.why.text,
      ...item.controls.map(button),
    ),
  );
  if (token)
    on<MouseEvent>(card, "click auxclick", ({ target, button }) => {
      if (button < 2 && (target as Element).closest("a"))
        capture({ type: "slot_clicked", token, item: item.id });
    });
  return card;
}
