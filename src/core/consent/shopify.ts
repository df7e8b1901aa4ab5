import type { ConsentStatement } from "./consent.ts";

/** The keys of a visitor's consent in Shopify's Customer Privacy API. */
export const SHOPIFY_KEYS = ["analytics", "marketing", "preferences", "sale_of_data"] as const;
export type ShopifyConsent = { readonly [key in (typeof SHOPIFY_KEYS)[number]]?: unknown };

/**
 * A yes is `true` or `"yes"`. Nothing said is an absent key, `null` or `""`, which Shopify writes while nobody has chosen.
 * Everything else is a no.
 */
function said(consent: ShopifyConsent, key: keyof ShopifyConsent): boolean | undefined {
  const value = Object.hasOwn(consent, key) ? consent[key] : undefined;
  return value === undefined || value === null || value === ""
    ? undefined
    : value === true || value === "yes";
}

/**
 * Shopify's consent in our purposes; `preferences` is its word for personalization. An objection to the sale of data
 * denies marketing, under which data leaves the shop; agreeing to a sale grants nothing.
 * Source: shopify.dev, "Customer Privacy API".
 * @example statementOfShopify({ analytics: "yes", marketing: "yes", preferences: "", sale_of_data: "no" })
 * // { analytics: true, marketing: false }
 */
export function statementOfShopify(consent: ShopifyConsent): ConsentStatement {
  const statement: Record<string, boolean> = {};
  const [analytics, personalization] = [said(consent, "analytics"), said(consent, "preferences")];
  const marketing = said(consent, "sale_of_data") === false ? false : said(consent, "marketing");
  if (analytics !== undefined) statement["analytics"] = analytics;
  if (personalization !== undefined) statement["personalization"] = personalization;
  if (marketing !== undefined) statement["marketing"] = marketing;
  return statement;
}
