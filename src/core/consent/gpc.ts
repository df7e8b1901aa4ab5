import type { ConsentStatement } from "./consent.ts";

/**
 * Key of a statement beside the purposes: whether a person's data may be passed on to others at all. Only ever denied by
 * a signal, never granted by one; the consent record keeps purposes only, so who sends outside must ask for `marketing`.
 */
export const THIRD_PARTY = "third_party";

/**
 * Whether the `Sec-GPC` header switches Global Privacy Control on: one of its values is exactly `1`. Runtimes join
 * repeated headers with a comma. Anything else, `true` and `1;x` included, is no signal.
 * Source: W3C Global Privacy Control, "The Sec-GPC Header Field".
 * @example gpcOf("0, 1") // true
 * @example gpcOf("01") // false
 */
export function gpcOf(headerValue: string | null | undefined): boolean {
  return (headerValue ?? "").split(",").some((value) => /^[\t ]*1[\t ]*$/.test(value));
}

/**
 * What a Global Privacy Control signal denies. It asks not to sell or share the person's data and not to use it for
 * advertising across sites; the specification leaves first-party use alone. So `personalization` and `analytics`, which
 * stay within the shop, are not spoken of: they stand or fall with the visitor's own word. `marketing` is denied, being
 * the purpose under which data leaves for webhooks and audiences, and so is passing anything on. A mailing of the shop's
 * own would be lawful under the signal, but no purpose is narrow enough to let through only that: the strict reading wins.
 * No signal says nothing: it is not a yes.
 * Source: W3C Global Privacy Control, "Legal Effects"; 11 CCR § 7025.
 * @example denialsOfGpc(true) // { marketing: false, third_party: false }
 * @example denialsOfGpc(false) // {}
 */
export function denialsOfGpc(isOn: boolean): ConsentStatement {
  return isOn ? { marketing: false, [THIRD_PARTY]: false } : {};
}
