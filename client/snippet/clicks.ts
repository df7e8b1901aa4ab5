import { marked, said } from "./dom.ts";
import { on } from "./guard.ts";
import { capture, type Captured } from "./queue.ts";
import { slotOf } from "./slot.ts";

/** Notes what the page's own markup says a click means, and what is done with a pick, whoever drew it. */
export function watchClicks(): void {
  on<MouseEvent>(document, "click auxclick", ({ target, type: kind, button: which }) => {
    const at = (name: string): HTMLElement | null => (target as Element).closest(marked(name));
    const pick = at("pick");
    const item = said(pick, "pick");
    const feedback = said(at("control"), "control");
    const type = said(at("track"), "track") as Captured["type"] | undefined;
    if (type && kind == "click") {
      const quantity = +said(at("quantity"), "quantity")! || undefined;
      capture({ type, item: said(at("product"), "product"), quantity });
    }
    if (!item) return;
    const slot = at("slot");
    const token = slot && slotOf(slot).token;
    if (feedback && feedback != "why") {
      capture({ type: "feedback_given", item, feedback });
      pick!.hidden = true;
    } else if (token && which < 2 && (target as Element).closest("a"))
      capture({ type: "slot_clicked", token, item });
  });
}
