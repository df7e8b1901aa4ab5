import type { PickedItem, SlotAnswer } from "../wire/decide.ts";
import { attributes, escaped, webAddress } from "./html.ts";

/** Words beside a pick; the snippet's own in English. */
const WHY = "Why this?";
const IMAGE_SIZE = 240;

/**
 * A slot's picks as the snippet draws them: a list of plain cards, each with its reason and levers. Everything that comes from
 * the catalog is text; an address that is none of the web is left out. The snippet recognises it, watches it and
 * does not ask again; without any script it is a list of links.
 * @returns markup for inside the slot; "" where there is nothing to show
 */
export function slotContent({ title, items }: SlotAnswer): string {
  if (items.length === 0) return "";
  const label = title === undefined ? {} : { "aria-label": title };
  return `<ul${attributes({ "data-concierge-list": "", role: "list", ...label })}>${items.map(pick).join("")}</ul>`;
}

/** What the slot's own element says of its answer: how it came about, and what to report it with. */
export function slotMarks({ status, token }: SlotAnswer): Readonly<Record<string, string>> {
  return {
    "data-concierge-status": status,
    ...(token === undefined ? {} : { "data-concierge-token": token }),
  };
}

/** A slot on its own, for pages that are put together of fragments. */
export const slotElement = (answer: SlotAnswer): string =>
  `<div${attributes({ "data-concierge-slot": answer.id, ...slotMarks(answer) })}>${slotContent(answer)}</div>`;

function pick(item: PickedItem): string {
  const { id, url, image, brand, title, price, regularPrice, why, controls } = item;
  const href = webAddress(url);
  const src = webAddress(image);
  const picture =
    src === undefined
      ? ""
      : `<img${attributes({
          "data-concierge-field": "image",
          alt: "",
          loading: "lazy",
          width: String(IMAGE_SIZE),
          height: String(IMAGE_SIZE),
          src,
        })}>`;
  const card = [
    picture,
    field("span", "brand", brand),
    field("span", "title", title),
    field("span", "price", price?.text),
    field("del", "regularPrice", regularPrice?.text),
  ].join("");
  const link = attributes({ "data-concierge-field": "url", ...(href === undefined ? {} : { href }) });
  const levers = controls
    .map(
      (control) =>
        `<button${attributes({ type: "button", "data-concierge-control": control })}>${escaped(control.replaceAll("_", " "))}</button>`,
    )
    .join("");
  const reason = `<details data-concierge-why=""><summary data-concierge-control="why">${WHY}</summary>${escaped(why.text)}${levers}</details>`;
  return `<li${attributes({ "data-concierge-pick": id })}><a${link}>${card}</a>${reason}</li>`;
}

const field = (tag: string, name: string, text: string | undefined): string =>
  text === undefined || text === ""
    ? ""
    : `<${tag}${attributes({ "data-concierge-field": name })}>${escaped(text)}</${tag}>`;
