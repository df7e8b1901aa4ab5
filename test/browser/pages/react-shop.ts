import { createElement as h, StrictMode, useState, type MouseEvent, type ReactNode } from "react";
import { Slot, useSlot } from "../../../client/bindings/react.ts";
import type { SlotState } from "../../../client/bindings/slot.ts";
import type { PickedItem, SlotAnswer } from "../../../client/bindings/types.ts";

/** A pick, drawn by the shop, with the two marks the snippet asks for. */
const card = (item: PickedItem, follow: (event: MouseEvent) => void): ReactNode =>
  h(
    "li",
    { key: item.id, "data-concierge-pick": item.id },
    h("a", { href: item.url, onClick: follow }, item.title),
    h("button", { type: "button", "data-concierge-control": "not_this" }, "Not this"),
  );

const drawn = ({ status, items, title }: SlotState, follow: (event: MouseEvent) => void): ReactNode =>
  status === "ready"
    ? [h("h2", { key: "title" }, title), h("ul", { key: "list" }, ...items.map((item) => card(item, follow)))]
    : status !== "pending" && h("p", { className: status }, "Our own picks");

/** A slot by the hook, whose component draws again with each `turn`. */
function Related({ turn, follow }: { turn: number; follow: (event: MouseEvent) => void }): ReactNode {
  const { props, ...state } = useSlot("related");
  return h("section", { ...props, "data-turn": turn, style: { minHeight: 150 } }, drawn(state, follow));
}

/** Two slots, a route that a link or a button changes, and a counter that makes everything draw again. */
function Shop({ answer }: { answer: SlotAnswer | undefined }): ReactNode {
  const [path, go] = useState("/react.html");
  const [turn, again] = useState(0);
  const route = (to: string): void => {
    history.pushState(null, "", to);
    go(to);
  };
  const follow = (event: MouseEvent): void => {
    event.preventDefault();
    route(event.currentTarget.getAttribute("href")!);
  };
  const isHome = path === "/react.html";
  return h(
    "main",
    null,
    h("h1", null, isHome ? "Home" : `At ${path}`),
    h("button", { id: "again", onClick: () => again(turn + 1) }, `Turn ${turn}`),
    h("button", { id: "go", onClick: () => route(isHome ? "/list.html" : "/react.html") }, "Go"),
    h(Slot, {
      id: isHome ? "home-top" : "list-top",
      answer: isHome ? answer : undefined,
      as: "section",
      max: 3,
      seeds: ["p8", "p9"],
      className: "top",
      style: { minHeight: 150 },
      children: (slot) => drawn(slot, follow),
    }),
    isHome && h(Related, { turn, follow }),
  );
}

export const app = (answer?: SlotAnswer): ReactNode => h(StrictMode, null, h(Shop, { answer }));
