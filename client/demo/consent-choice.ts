import type { Purpose } from "../../src/core/consent/consent.ts";
import { concierge } from "./embed.ts";
import { isPrivate } from "./private-visit.ts";

/** What the visitor decided, purpose by purpose; what a consent tool would keep. */
export type Choice = { readonly [purpose in Purpose]?: boolean };
const KEY = "shop.consent";

/** The decision on this device, whatever this tab makes of it; `undefined` as long as there is none. */
export function decidedChoice(): Choice | undefined {
  try {
    return (JSON.parse(localStorage.getItem(KEY) ?? "null") as Choice | null) ?? undefined;
  } catch {
    return undefined;
  }
}

/** What holds in this tab: a private visit consents to nothing. */
export const consentChoice = (): Choice | undefined => (isPrivate() ? undefined : decidedChoice());

/** Keeps a decision and tells the snippet. */
export function choose(choice: Choice): void {
  localStorage.setItem(KEY, JSON.stringify(choice));
  concierge("consent", choice);
  document.dispatchEvent(new Event("shop:consent"));
}

/** Tells the snippet on every page what was decided, as consent tools do: a change it missed does not get lost. */
export function restateChoice(): void {
  const choice = decidedChoice();
  if (choice) concierge("consent", choice);
}

/** Forgets the decision and everything the snippet keeps on this device. */
export function forgetChoice(): void {
  forgetNames(KEY);
  concierge("reset");
  // Also where no snippet runs to do it.
  forgetNames("concierge.");
  document.dispatchEvent(new Event("shop:consent"));
}

/** Forgets everything whose name begins so. */
export function forgetNames(beginning: string): void {
  for (const storage of [localStorage, sessionStorage])
    for (const name of Object.keys(storage)) if (name.startsWith(beginning)) storage.removeItem(name);
}
