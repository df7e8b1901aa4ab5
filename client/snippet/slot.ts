import type { SlotAnswer } from "../../src/core/wire/decide.ts";
import { cardOf, create } from "./card.ts";
import { marked, said } from "./dom.ts";
import { here, type PageStatement } from "./page.ts";
import { watchSeen } from "./seen.ts";

type Slot = {
  /** What the shop itself put in. */
  readonly own: readonly ChildNode[];
  isFilled?: boolean;
  /** The edge filled it: it is watched, and not asked for. */
  readonly isEdge?: boolean;
  /** The page view that it was asked for in. */
  page?: PageStatement;
  token?: string | null | undefined;
  /** Ends the watch on our last answer. */
  end?: () => void;
};

/** An answer as a slot takes it. `late`: the visitor looks at the shop's own content already. */
type Detail = Omit<SlotAnswer, "status"> & { readonly status: SlotAnswer["status"] | "late" };

const slots = new WeakMap<Element, Slot>();

/** What is known of a slot, from the first look at it. */
export function slotOf(element: Element): Slot {
  let slot = slots.get(element);
  if (!slot) {
    const token = said(element, "token");
    slots.set(element, (slot = { own: [...element.childNodes], token, isEdge: !!token }));
    if (token) slot.page = here.page;
    const picks = [...element.querySelectorAll(marked("pick"))];
    if (token)
      slot.end = watchSeen(
        element,
        token,
        picks.map((pick) => said(pick, "pick")!),
      );
  }
  return slot;
}

/** Whether the shop's own content stands where the visitor looks. What waits for us, hidden, was seen by nobody. */
function isSeen(slot: Element, own: readonly ChildNode[]): boolean {
  const { top, bottom } = slot.getBoundingClientRect();
  return (
    bottom > 0 &&
    top < innerHeight &&
    own.some(
      (node) =>
        (node as Element).checkVisibility?.({ visibilityProperty: true }) &&
        said(node as Element, "title") == null,
    )
  );
}

/**
 * Shows an answer in its slot, in one step. Where there is nothing to show, the shop's own content stands; and where the
 * visitor looks at that content already, unless they or the shop asked for an answer (`isAsked`).
 */
export function show(slot: Element, answer: SlotAnswer, isAsked?: boolean): void {
  const { items, token } = answer;
  const known = slotOf(slot);
  known.end?.();
  known.token = token;
  const isLate = items[0] && !isAsked && !known.isFilled && isSeen(slot, known.own);
  const detail: Detail = isLate ? { ...answer, status: "late", items: [] } : answer;
  slot.setAttribute("data-concierge-status", detail.status);
  // A component of the shop's may draw the answer itself.
  if (slot.dispatchEvent(new CustomEvent("concierge", { detail, bubbles: true, cancelable: true }))) {
    if (known.isFilled) slot.replaceChildren(...known.own);
    known.isFilled = false;
    if (detail.items[0]) fill(slot, known, answer);
  }
  if (token)
    known.end = watchSeen(
      slot,
      token,
      detail.items.map(({ id }) => id),
    );
}

function fill(slot: Element, known: Slot, { items, title }: SlotAnswer): void {
  known.isFilled = true;
  const template = (slot.querySelector(marked("card")) ??
    document.querySelector(marked("card"))) as HTMLTemplateElement | null;
  const heading = slot.querySelector(marked("title"));
  const list = create("ul", "list", "", ...items.map((item) => cardOf(item, template)));
  list.setAttribute("role", "list");
  if (title) {
    if (heading) heading.textContent = title;
    else list.setAttribute("aria-label", title);
  }
  slot.replaceChildren(...known.own.filter((node) => node == template || node.contains(heading)), list);
}
