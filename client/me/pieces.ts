import { h } from "./h.ts";

/** The fixed parts of the page; what is in them changes. */
export type Pieces = { readonly [name in (typeof NAMES)[number]]: HTMLElement };
const NAMES = ["lead", "outcome", "receipt", "deeds", "known", "decided", "gpc", "purposes"] as const;

/** Makes the page's frame. The shop's own parts stand in the element: `slot="beside"` below the switches. */
export function frame(): { readonly root: HTMLElement; readonly pieces: Pieces } {
  const pieces: Pieces = {
    lead: h("p", { id: "lead", class: "lead" }),
    outcome: h("p", { id: "outcome", class: "note", role: "status" }),
    receipt: h("div", { id: "receipt" }),
    deeds: h("div", { id: "deeds", class: "deeds" }),
    known: h("section", { id: "known" }),
    decided: h("p", { id: "decided", class: "note" }),
    gpc: h(
      "p",
      { id: "gpc", class: "note" },
      "Your browser sends Global Privacy Control: we take it as a no to personalization and offers, whatever the switches say.",
    ),
    purposes: h("div", { id: "purposes" }),
  };
  const { lead, outcome, receipt, deeds, known, decided, gpc, purposes } = pieces;
  const may = h("h2", { id: "may", tabindex: -1 }, "What we may do");
  const jump = h("button", { type: "button", class: "jump" }, "To your choices: what we may do with it");
  jump.addEventListener("click", () => {
    may.scrollIntoView();
    may.focus();
  });
  const beside = h("div", {}, h("section", {}, may, decided, gpc, purposes), h("slot", { name: "beside" }));
  const root = h(
    "div",
    { class: "me" },
    lead,
    outcome,
    receipt,
    deeds,
    jump,
    h("div", { class: "columns" }, known, beside),
  );
  return { root, pieces };
}
