import { button, h } from "./h.ts";
import { momentText } from "./moment.ts";
import type { Receipt } from "./rights.ts";
import { download } from "./download.ts";

/** Asks once, within `place`, whether it is meant. Both answers are equally big; Escape means no. */
export function askErase(place: ParentNode, doIt: () => void): void {
  const dialog = h(
    "dialog",
    { class: "ask", "aria-labelledby": "erase-title" },
    h("h2", { id: "erase-title" }, "Erase everything we know about you?"),
    h(
      "p",
      {},
      "Everything on this page goes, and this browser is forgotten. It cannot be undone. " +
        "You can download a copy first. You can shop here afterwards as somebody new.",
    ),
    h(
      "div",
      { class: "answers" },
      button("No, keep it", "choice", () => dialog.close()),
      button("Yes, erase it", "choice", () => {
        dialog.close();
        doIt();
      }),
    ),
  ) as HTMLDialogElement;
  dialog.addEventListener("close", () => dialog.remove());
  place.append(dialog);
  dialog.showModal();
}

/** What somebody holds in their hand afterwards, with both deadlines in words. */
export function receiptOf(receipt: Receipt): HTMLElement {
  const { erasedAt, sharedLogsClearedBy, platformRecoveryUntil } = receipt;
  return h(
    "section",
    { class: "receipt", "aria-labelledby": "receipt-title" },
    h("h2", { id: "receipt-title", tabindex: -1 }, "You are erased"),
    h("p", {}, `Receipt ${receipt.receipt}, ${momentText(erasedAt)}.`),
    h(
      "dl",
      {},
      ...stage("Your own record", "Gone now, to the last byte."),
      ...stage(
        "Logs shared with other visitors",
        `They never held your name or an id of yours. They are rewritten without you by ${momentText(sharedLogsClearedBy)}, within a day.`,
      ),
      ...stage(
        "The hosting company's own recovery copies",
        `They run out by ${momentText(platformRecoveryUntil)}, within thirty days. Should one ever be needed before, you are erased from it first.`,
      ),
    ),
    h("p", {}, "This browser keeps nothing of us any more. The receipt names nobody; keep it if you like."),
    button("Download the receipt", "choice", () =>
      download(`receipt-${receipt.receipt}.json`, JSON.stringify(receipt, undefined, 2)),
    ),
  );
}

const stage = (what: string, when: string): HTMLElement[] => [h("dt", {}, what), h("dd", {}, when)];
