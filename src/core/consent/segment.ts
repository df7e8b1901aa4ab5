import type { ConsentStatement, Purpose } from "./consent.ts";

/**
 * Segment's consent categories in our purposes, as the site's config maps them. Absent, empty and missing all mean no
 * (Segment itself lets an absent object through); one denied category is enough to deny a purpose it stands for.
 * Source: segment.com, "Consent in Segment", `context.consent.categoryPreferences`.
 * @example statementOfCategories({ Analytics: true }, { Analytics: ["analytics"] }) // { analytics: true }
 */
export function statementOfCategories(
  categories: Readonly<Record<string, unknown>> | undefined,
  mapping: { readonly [category: string]: readonly Purpose[] },
): ConsentStatement {
  const statement: Record<string, boolean> = {};
  for (const [category, purposes] of Object.entries(mapping)) {
    if (!categories || !Object.hasOwn(categories, category)) continue;
    for (const purpose of purposes)
      statement[purpose] = (statement[purpose] ?? true) && categories[category] === true;
  }
  return statement;
}
