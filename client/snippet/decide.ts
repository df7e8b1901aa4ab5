import type { Line } from "../../src/core/event/event.ts";
import type { DecideAnswer, SlotAnswer } from "../../src/core/wire/decide.ts";
import { permits } from "./consent.ts";
import { absolute, marked, place, said } from "./dom.ts";
import { guard } from "./guard.ts";
import { here } from "./page.ts";
import { inTurn, send } from "./queue.ts";
import { show, slotOf } from "./slot.ts";
import { identity } from "./visitor.ts";

/** What the shop said lies in the cart. Kept for this page only. */
export const cart: { lines?: readonly Line[] } = {};

const NOTHING = { status: "fallback", items: [] } as unknown as SlotAnswer;
let isWaiting = false;

/**
 * Asks once for all slots on the page; several calls in one task are one request. `isNew`: only for those that this page
 * view has not asked for. `isAsked`: because the visitor or the shop did something, and not because a page was opened.
 */
export function decide(isAsked?: boolean, isNew?: boolean): void {
  if (isWaiting) return;
  isWaiting = true;
  inTurn(async () => {
    isWaiting = false;
    const { page } = here;
    const slots = new Map<string, Element>();
    document.querySelectorAll(marked("slot")).forEach(
      guard((element) => {
        const id = said(element, "slot")!;
        const slot = slotOf(element);
        // One misspelt name must not cost the page its other slots.
        if (
          /^[a-z\d][a-z\d_-]{0,63}$/.test(id) &&
          slots.size < 12 &&
          !((isNew || slot.isEdge) && slot.page == page)
        ) {
          slots.set(id, element);
          slot.page = page;
        }
      }),
    );
    const ask = () =>
      send<DecideAnswer>(
        (slots.size && {
          page: { url: (permits() ? absolute().href : place()).slice(0, 2048), ...page },
          cart: cart.lines,
          locale: document.documentElement.lang || undefined,
          slots: [...slots].map(([id, element]) => ({
            id,
            max: +element.getAttribute("data-max")! || undefined,
            seeds: element.getAttribute("data-seeds")?.match(/[^,\s][^,]*/g),
          })),
        }) as object,
      );
    const first = await ask();
    // The id is new: only now can the one who has logged in be told.
    const answer = (first?.visitorId && identity && (await ask())) || first;
    // The visitor may have moved on: another request is under way.
    if (page == here.page)
      for (const [id, element] of slots) {
        const found = answer?.slots?.find((slot) => slot.id == id);
        // Nobody answered: the shop's own content need not wait any longer.
        if (found || !slotOf(element).isFilled) guard(show)(element, found ?? NOTHING, isAsked);
      }
  });
}
