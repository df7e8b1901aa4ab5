import type { Line } from "../../src/core/event/event.ts";
import type { DecideAnswer } from "../../src/core/wire/decide.ts";
import { permits } from "./consent.ts";
import { absolute, marked, place, said } from "./dom.ts";
import { guard } from "./guard.ts";
import { here } from "./page.ts";
import { post, sender, visitor } from "./post.ts";
import { flush, inTurn, settle, take } from "./queue.ts";
import { show } from "./slot.ts";

/** What the shop said lies in the cart. Kept for this page only. */
export const cart: { lines?: readonly Line[] } = {};

let isAsked = false;

/** Asks once for all slots on the page. Several calls in one task are one request. */
export function decide(): void {
  if (isAsked) return;
  isAsked = true;
  inTurn(async () => {
    isAsked = false;
    const slots = new Map<string, Element>();
    for (const element of document.querySelectorAll(marked("slot"))) {
      const id = said(element, "slot")!;
      // One misspelt name must not cost the page its other slots.
      if (/^[a-z\d][a-z\d_-]{0,63}$/.test(id) && slots.size < 12) slots.set(id, element);
    }
    if (!slots.size) return flush();
    const { page } = here;
    const isPersonal = permits();
    const body = {
      ...sender(isPersonal ? visitor() : undefined),
      page: { url: (isPersonal ? absolute().href : place()).slice(0, 2048), ...page },
      cart: cart.lines,
      locale: document.documentElement.lang || undefined,
      slots: [...slots].map(([id, element]) => ({
        id,
        max: Number(element.getAttribute("data-max")) || undefined,
        seeds: element.getAttribute("data-seeds")?.split(/ *, */, 20),
      })),
    };
    const events = isPersonal ? take(body) : [];
    const { answer } = await post<DecideAnswer>("decide", {
      ...body,
      events: events[0] && events,
    });
    settle(events, answer?.events);
    // The visitor has moved on: another request is under way.
    if (page != here.page) return;
    for (const slot of answer?.slots ?? []) guard(() => show(slots.get(slot.id)!, slot))();
  });
}
