import type { KnownDocument } from "../../../../src/core/customer/known.ts";
import { itemOf } from "../../catalog.ts";
import { button, h } from "../../element.ts";
import { sinceText } from "../../moment.ts";
import type { FeedbackKind } from "../../rights.ts";
import { block } from "./block.ts";
import type { Part, Say } from "./say.ts";

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
export const items: Part = (known, say) => {
  const latest = new Map(known.recent.map((touch) => [touch.item, touch]));
  const touches = [...latest.values()].sort((a, b) => b.at - a.at);
  return block(
    "What you looked at",
    "From your visits to these pages. It decides what we suggest, unless you say otherwise beside it.",
    touches.map(({ item, kind, at }) =>
      itemRow(known, say, item, `${DEEDS[kind] ?? "Looked at"} ${sinceText(at)}.`),
    ),
  );
};

/** What the customer said about items, or hid, that are in no other list. */
export const opinions: Part = (known, say) => {
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
    [...said].filter((item) => !shown.has(item)).map((item) => itemRow(known, say, item, "")),
  );
};

export const cart: Part = (known) =>
  block(
    "Your cart, as we know it",
    "From your visits to these pages. We use it to suggest what goes with it.",
    known.cart.map(({ item, quantity }) =>
      h(
        "div",
        { class: "row" },
        picture(item),
        h("div", { class: "row-text" }, title(item), h("small", {}, `${quantity} ×`)),
      ),
    ),
  );

/** An item with what was said about it, and the levers to say something else. */
export function itemRow(known: KnownDocument, say: Say, item: string, deed: string): HTMLElement {
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
        button(label, "pill", () => say({ feedback: { item, feedback: kind } })),
      ),
      feedback &&
        button("Take back what I said", "pill", () => say({ feedback: { item, feedback: "undo" } })),
      button(isHidden ? "Use it again" : "Hide it", "pill", () => say({ hide: { item, hidden: !isHidden } })),
    ),
  );
  return h(
    "div",
    { class: "row", "data-row": `item:${item}` },
    picture(item),
    h(
      "div",
      { class: "row-text" },
      title(item),
      deed !== "" && h("small", {}, deed),
      said !== undefined && h("small", { class: "said" }, said),
      isHidden && h("small", { class: "said" }, "Hidden: it decides nothing."),
    ),
    levers,
  );
}

export function picture(id: string): HTMLElement {
  const item = itemOf(id);
  return item
    ? h("img", { src: item.image, alt: "", width: 56, height: 56, loading: "lazy" })
    : h("span", { class: "no-picture" });
}

export function title(id: string): HTMLElement {
  const item = itemOf(id);
  return item ? h("a", { href: item.url }, item.title) : h("span", {}, id);
}
