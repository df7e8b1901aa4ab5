import { productCard } from "./card.ts";
import type { DemoItem } from "./catalog.ts";
import { h } from "./element.ts";

/** Cards in a slot: what one row holds on a desktop. */
export const SLOT_SIZE = 4;

/**
 * Gives a slot its heading and the shop's own choice, which stays where nothing better may or can be shown. Heading and
 * cards stand in the slot's reserved place from the start, so nothing on the page ever moves. The heading must be true
 * of both, unless the config gives the slot a title. Where fewer cards come than a row holds, `note` stands with the
 * heading in the places left over.
 */
export function fillSlot(slot: HTMLElement, title: string, own: readonly DemoItem[], note?: string): void {
  slot.dataset["max"] = String(SLOT_SIZE);
  slot.replaceChildren(
    h("h2", { class: "slot-title", "data-concierge-title": true, "data-note": note }, title),
    ...own.slice(0, SLOT_SIZE).map(productCard),
  );
}

/** The slot of a page by its id. */
export const slotElement = (id: string): HTMLElement | null =>
  document.querySelector(`[data-concierge-slot="${id}"]`);
