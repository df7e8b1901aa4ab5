import type { ConsentStatement } from "./consent.ts";

/** The keys of Google's Consent Mode, version 2. Other keys of a `gtag("consent", …)` call are settings, not consent. */
export const CONSENT_MODE_KEYS = [
  "ad_storage",
  "analytics_storage",
  "ad_user_data",
  "ad_personalization",
  "personalization_storage",
  "functionality_storage",
  "security_storage",
] as const;
export type ConsentModeState = { readonly [key in (typeof CONSENT_MODE_KEYS)[number]]?: unknown };

/** Only the word `granted` is a yes; a key that is present with anything else is a no; an absent key says nothing. */
const said = (state: ConsentModeState, key: keyof ConsentModeState): boolean | undefined =>
  Object.hasOwn(state, key) && state[key] !== undefined ? state[key] === "granted" : undefined;

/**
 * Google's Consent Mode in our purposes: `analytics_storage` is analytics, `personalization_storage` personalization.
 * Marketing needs both `ad_user_data` (may be sent on) and `ad_personalization` (may be used for it): one no denies it,
 * one yes alone says nothing. The remaining keys speak of cookies that we do not set.
 * Source: developers.google.com, "Consent mode reference".
 * @example statementOfConsentMode({ analytics_storage: "granted", ad_user_data: "denied" })
 * // { analytics: true, marketing: false }
 */
export function statementOfConsentMode(state: ConsentModeState): ConsentStatement {
  const statement: Record<string, boolean> = {};
  const analytics = said(state, "analytics_storage");
  const personalization = said(state, "personalization_storage");
  const [data, use] = [said(state, "ad_user_data"), said(state, "ad_personalization")];
  if (analytics !== undefined) statement["analytics"] = analytics;
  if (personalization !== undefined) statement["personalization"] = personalization;
  if (data === false || use === false) statement["marketing"] = false;
  else if (data && use) statement["marketing"] = true;
  return statement;
}
