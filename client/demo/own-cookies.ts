import { consentChoice } from "./consent-choice.ts";

/**
 * Lets the cookies of this browser travel with what the snippet sends, once the visitor has agreed to be remembered. A
 * shop that serves the API from its own origin wants that: only by the cookie can a browser prove later that it was
 * given its id, and only who proves it may read or erase what is known. Before a yes, and after a no, nothing travels.
 */
export function letCookiesTravel(): void {
  const send = window.fetch;
  window.fetch = (input, init) => {
    const choice = consentChoice();
    const isOurs = typeof input === "string" && new URL(input, location.href).pathname.startsWith("/v1/");
    const isAgreed = choice?.personalization === true || choice?.analytics === true;
    return send(input, isOurs && isAgreed ? { ...init, credentials: "same-origin" } : init);
  };
}
