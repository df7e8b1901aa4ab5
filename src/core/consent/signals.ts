import * as v from "valibot";
import type { ConsentStatement } from "./consent.ts";
import { CONSENT_MODE_KEYS, statementOfConsentMode } from "./consent-mode.ts";
import { denialsOfGpc, gpcOf } from "./gpc.ts";
import { statementOfGpp } from "./gpp.ts";
import { joinStatements } from "./join.ts";
import { SHOPIFY_KEYS, statementOfShopify } from "./shopify.ts";
import { CONSENT_STRING_MAX, decodeTcf, statementOfTcf, type TcfMapping } from "./tcf.ts";

const Text = v.pipe(v.string(), v.maxLength(CONSENT_STRING_MAX));
/** A yes or no as some tool writes it. What it means is the adapter's to say; what could not be either is cut short. */
const Said = v.union([v.boolean(), v.number(), v.null(), v.pipe(v.string(), v.maxLength(64))]);

/** What the consent tools of a page say, each in its own words; beside, not instead of, a statement in ours. */
export const ConsentSignals = v.strictObject({
  /** `navigator.globalPrivacyControl`. */
  gpc: v.optional(v.boolean()),
  /** A TC string, as `__tcfapi` gives it. */
  tcf: v.optional(Text),
  /** A GPP string, as `__gpp` gives it. */
  gpp: v.optional(Text),
  /** The state of Google's Consent Mode; settings beside it are dropped. */
  consentMode: v.optional(v.object(v.entriesFromList(CONSENT_MODE_KEYS, v.optional(Said)))),
  /** `Shopify.customerPrivacy.currentVisitorConsent()`. */
  shopify: v.optional(v.object(v.entriesFromList(SHOPIFY_KEYS, v.optional(Said)))),
});
export type ConsentSignals = v.InferOutput<typeof ConsentSignals>;

export type SettleOptions = {
  /** The request's `Sec-GPC`. Nothing in a body turns it off. */
  readonly gpcHeader?: string | null;
  readonly tcfMapping?: TcfMapping;
};

/** What all signals together say, and which of them spoke. @example { statement: { marketing: false }, sources: ["gpp"] } */
export type Settled = { readonly statement: ConsentStatement; readonly sources: readonly string[] };

/**
 * Joins everything that speaks. Where two disagree the denial wins; what nobody speaks of stays unsaid, and unsaid is no.
 * An empty consent string is one whose tool has not answered yet, and says nothing; any other that cannot be read denies.
 * @example settleSignals({ consentMode: { analytics_storage: "granted" } }, { gpcHeader: "1" })
 * // { statement: { marketing: false, third_party: false, analytics: true }, sources: ["gpc", "consent_mode"] }
 */
export function settleSignals(signals: ConsentSignals, options: SettleOptions = {}): Settled {
  const { gpcHeader, tcfMapping } = options;
  const { tcf, gpp, consentMode, shopify } = signals;
  const spoken: Record<string, ConsentStatement> = {
    gpc: denialsOfGpc(gpcOf(gpcHeader) || signals.gpc === true),
    tcf: tcf ? statementOfTcf(decodeTcf(tcf), tcfMapping) : {},
    gpp: gpp ? statementOfGpp(gpp, tcfMapping) : {},
    consent_mode: consentMode ? statementOfConsentMode(consentMode) : {},
    shopify: shopify ? statementOfShopify(shopify) : {},
  };
  return {
    statement: joinStatements(Object.values(spoken)),
    sources: Object.keys(spoken).filter((source) => Object.keys(spoken[source]!).length > 0),
  };
}
