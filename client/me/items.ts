import type { KnownDocument } from "../../src/core/customer/known.ts";
import { button, h } from "./h.ts";
import { sinceText } from "./moment.ts";
import type { FeedbackKind } from "./rights.ts";
import { block } from "./block.ts";
import type { Desk, Part } from "./say.ts";

const DEEDS: { readonly [kind: string]: string } = {
  view: "Looked at",
  click: "Opened from our suggestions",
  cart: "Put into the cart",
  buy: "Bought",
};
const LEVERS: readonly (readonly [kind: FeedbackKind, label: string, said: string])[] = [
  ["not_this", "Not this", "You said: not this. We do not suggest it."],
  ["less_like_this", "Less like this", "You said: less like this."],
  ["own_it", "I own it", "You said: you own it. We do not suggest it."],
  ["gift", "It was a gift", "You said: a gift. It tells us nothing about your taste."],
];

/** What was looked at, put into the cart and opened: each item once, the latest first. */
export const items: Part = (known, desk) => {
  const latest = new Map(known.recent.map((touch) => [touch.item, touch]));
  const touches = [...latest.values()].sort((a, b) => b.at - a.at);
  return block(
    "What you looked at",
    "From your visits to these pages. It decides what we suggest, unless you say otherwise beside it.",
    touches.map(({ item, kind, at }) =>
      itemRow(known, desk, item, `${DEEDS[kind] ?? "Looked at"} ${sinceText(at)}.`),
    ),
  );
};

/** What the customer said about items, or hid, that are in no other list. */
export const opinions: Part = (known, desk) => {
  const shown = new Set([
    ...known.recent.map(({ item }) => item),
    ...known.orders.flatMap(({ lines }) => lines.map(([item]) => item)),
  ]);
  const hidden = known.hidden.flatMap((name) =>
    name.startsWith("item:") ? [name.slice("item:".length)] : [],
  );
  const said = new Set([...known.feedback.map(({ item }) => item), ...hidden]);
  return block(
    "What you said about products",
    "From you, beside our suggestions or on this page.",
    [...said].filter((item) => !shown.has(item)).map((item) => itemRow(known, desk, item, "")),
  );
};

export const cart: Part = (known, desk) =>
  block(
    "Your cart, as we know it",
    "From your visits to these pages. We use it to suggest what goes with it.",
    known.cart.map(({ item, quantity }) =>
      h(
        "div",
        { class: "row" },
        picture(desk, item),
        h("div", { class: "row-text" }, title(desk, item), h("small", {}, `${quantity} ×`)),
      ),
    ),
  );

/** An item with what was said about it, and the levers to say something else. */
export function itemRow(known: KnownDocument, desk: Desk, item: string, deed: string): HTMLElement {
  const feedback = known.feedback.find((one) => one.item === item);
  const isHidden = known.hidden.includes(`item:${item}`);
  const said = LEVERS.find(([kind]) => kind === feedback?.kind)?.[2];
  const levers = h(
    "details",
    { class: "levers" },
    h("summary", { class: "pill" }, "Your say"),
    h(
      "div",
      {},
      ...LEVERS.filter(([kind]) => kind !== feedback?.kind).map(([kind, label]) =>
        button(label, "pill", () => desk.change({ feedback: { item, feedback: kind } })),
      ),
      feedback &&
        button("Take back what I said", "pill", () => desk.change({ feedback: { item, feedback: "undo" } })),
      button(isHidden ? "Use it again" : "Hide it", "pill", () =>
        desk.change({ hide: { item, hidden: !isHidden } }),
      ),
    ),
  );
  return h(
    "div",
    { class: "row", "data-row": `item:${item}` },
    picture(desk, item),
    h(
      "div",
      { class: "row-text" },
      title(desk, item),
      deed !== "" && h("small", {}, deed),
      said !== undefined && h("small", { class: "said" }, said),
      isHidden && h("small", { class: "said" }, "Hidden: it decides nothing."),
    ),
    levers,
  );
}

/** An item's picture, where the shop shows one. */
export function picture(desk: Desk, id: string): HTMLElement | undefined {
  const image = desk.item(id)?.image;
  return image === undefined
    ? undefined
    : h("img", { src: image, alt: "", width: 56, height: 56, loading: "lazy" });
}

/** An item's title, as a link where the shop says where to. */
export function title(desk: Desk, id: string): HTMLElement {
  const item = desk.item(id);
  return item?.url === undefined ? h("span", {}, item?.title ?? id) : h("a", { href: item.url }, item.title);
}
