import type { Purpose } from "../../src/core/consent/consent.ts";

/** What the element tells the page, as the event `concierge-me`. */
export type MeNews =
  /** `isSettled`: nothing that was changed here waits for the server any more. */
  | {
      readonly kind: "shown";
      readonly isKnown: boolean;
      readonly isCustomer: boolean;
      readonly isSettled: boolean;
    }
  /** Cancel it to tell the snippet yourself. */
  | { readonly kind: "consent"; readonly purpose: Purpose; readonly granted: boolean }
  /** Cancel it to make the snippet forget yourself. */
  | { readonly kind: "erased"; readonly receipt: string };

/** Tells the page; `true` unless it said that it does the rest itself. */
export const tell = (element: HTMLElement, detail: MeNews): boolean =>
  element.dispatchEvent(
    new CustomEvent("concierge-me", { detail, bubbles: true, composed: true, cancelable: true }),
  );

type Say = (name: string, input?: unknown) => void;

/** Tells the snippet, where the page has one. */
export const snippet: Say = (name, input) =>
  (window as unknown as { concierge?: Say }).concierge?.(name, input);
