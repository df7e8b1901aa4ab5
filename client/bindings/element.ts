import { call } from "./call.ts";

/** The attributes of the element, and what the snippet reads in their place. */
const ATTRIBUTES: { readonly [own: string]: string } = {
  name: "data-concierge-slot",
  max: "data-max",
  seeds: "data-seeds",
};

/**
 * Defines `<concierge-slot name="…" max="…" seeds="…">`: a slot wherever markup can be written. What stands inside is the
 * shop's own content, and its own styles apply. Does nothing on a server, or where the name is taken.
 */
export function defineSlot(): void {
  if (typeof customElements == "undefined" || customElements.get("concierge-slot")) return;
  customElements.define(
    "concierge-slot",
    class extends HTMLElement {
      static get observedAttributes(): string[] {
        return Object.keys(ATTRIBUTES);
      }

      connectedCallback(): void {
        // Moved about, it keeps its answer: an element is asked for once in a page view.
        call("slots");
      }

      attributeChangedCallback(own: string, before: string | null, now: string | null): void {
        if (now == null) this.removeAttribute(ATTRIBUTES[own]!);
        else this.setAttribute(ATTRIBUTES[own]!, now);
        // The answer it holds was another question's.
        if (before != null && before != now && this.isConnected) call("decide");
      }
    },
  );
}

defineSlot();
