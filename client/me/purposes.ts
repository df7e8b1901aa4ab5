import type { KnownDocument } from "../../src/core/customer/known.ts";
import type { Purpose } from "../../src/core/consent/consent.ts";
import { h } from "./h.ts";
import { sinceText } from "./moment.ts";
import { sourceText } from "./words.ts";

const PURPOSES: readonly (readonly [purpose: Purpose, title: string, text: string])[] = [
  [
    "personalization",
    "Personal choice of products",
    "What you look at and buy decides which products we show you.",
  ],
  ["analytics", "Measuring", "We count what is shown, clicked and bought, to see whether it helps."],
  ["marketing", "Offers", "What we know may decide which offers you are told about."],
  ["transaction", "Order messages", "Systems that handle your orders may be told about them."],
  [
    "clienteling",
    "Advice in the shop",
    "Our staff may see this page when you stand before them, and may note what you tell them.",
  ],
  ["life_events", "Occasions", "If you tell us of an occasion, such as a move, we may take it into account."],
];

/** What was decided on this device, purpose by purpose. */
export type Choice = { readonly [purpose in Purpose]?: boolean };

/**
 * A switch per purpose, off unless there is a yes. What holds is what the record says; where nothing is known about
 * anybody, what was decided on this device. What was just switched stands as it was switched.
 */
export function purposes(
  known: KnownDocument | undefined,
  choice: Choice,
  underway: Choice,
  decide: (purpose: Purpose, granted: boolean) => void,
): HTMLElement[] {
  const holds = (purpose: Purpose) =>
    underway[purpose] ?? known?.consent[purpose]?.holds ?? choice[purpose] === true;
  return PURPOSES.map(([purpose, title, text]) => {
    const box = h("input", { type: "checkbox", role: "switch", checked: holds(purpose) }) as HTMLInputElement;
    box.addEventListener("change", () => decide(purpose, box.checked));
    const grant = known?.consent[purpose];
    return h(
      "label",
      { class: "switch", "data-row": `purpose:${purpose}` },
      box,
      h(
        "span",
        {},
        h("b", {}, title),
        h("small", {}, text),
        grant && h("small", { class: "since" }, recordOf(grant)),
      ),
    );
  });
}

function recordOf({
  granted,
  holds,
  at,
  expiresAt,
  source,
}: NonNullable<KnownDocument["consent"][Purpose]>): string {
  const told = `${granted ? "Yes" : "No"} since ${sinceText(at)}, said ${source === "snippet" ? "in a browser of yours" : `by ${sourceText(source)}`}.`;
  if (!granted) return told;
  return holds
    ? `${told} We ask again after ${sinceText(expiresAt)}.`
    : `${told} Ran out ${sinceText(expiresAt)}.`;
}
