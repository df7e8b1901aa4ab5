import { concierge } from "./embed.ts";

/** What the visitor decided, purpose by purpose; what a consent tool would keep. */
export type Choice = { readonly personalization: boolean; readonly analytics: boolean };
const KEY = "shop.consent";

/** The decision on this device; `undefined` as long as there is none. */
export function consentChoice(): Choice | undefined {
  try {
    return (JSON.parse(localStorage.getItem(KEY) ?? "null") as Choice | null) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a decision and tells the snippet. */
export function choose(choice: Choice): void {
  localStorage.setItem(KEY, JSON.stringify(choice));
  concierge("consent", choice);
  document.dispatchEvent(new Event("shop:consent"));
}

/** Forgets the decision and everything the snippet keeps on this device. */
export function forgetChoice(): void {
  localStorage.removeItem(KEY);
  concierge("reset");
  document.dispatchEvent(new Event("shop:consent"));
}
