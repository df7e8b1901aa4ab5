import type { SlotAnswer } from "../../src/core/wire/decide.ts";
import { cardOf } from "./card.ts";
import { marked } from "./dom.ts";
import { watchSeen } from "./seen.ts";

/** What the shop itself put into a slot, and what ends the watch on our last answer. */
const kept = new WeakMap<Element, { readonly own: readonly ChildNode[]; end?: () => void }>();

/** Shows an answer in its slot, in one step. Where there is nothing to show, the shop's own content stands. */
export function show(slot: Element, { status, items, title, token }: SlotAnswer): void {
  const known = kept.get(slot) ?? { own: [...slot.childNodes] };
  kept.set(slot, known);
  known.end?.();
  slot.replaceChildren(...known.own);
  slot.setAttribute("data-concierge-status", status);
  const template = (slot.querySelector(marked("card")) ??
    document.querySelector(marked("card"))) as HTMLTemplateElement | null;
  const heading = slot.querySelector(marked("title"));
  if (items.length && /^[pcf]/.test(status)) {
    if (heading && title) heading.textContent = title;
    slot.replaceChildren(
      ...known.own.filter((node) => node == template || (heading && node.contains(heading))),
      ...items.map((item) => cardOf(item, template, token)),
    );
  }
  if (token)
    known.end = watchSeen(
      slot,
      token,
      items.map(({ id }) => id),
    );
}
