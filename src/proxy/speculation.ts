/** Where the rules are read from, at the shop's own address. */
export const RULES_PATH = "/concierge-speculation.json";
const HEADER = "speculation-rules";

/**
 * Which pages a browser may fetch ahead: those that a pick leads to, once somebody is about to click it. A prefetch runs no script,
 * so nothing is counted as seen. In a document of its own: a strict policy of the shop's allows no script in the page.
 * Speculation Rules (W3C Nav Speculation), document rules, by header.
 */
export const rulesReply = (): Response =>
  new Response(
    JSON.stringify({
      prefetch: [{ where: { selector_matches: "[data-concierge-pick] a" }, eagerness: "moderate" }],
    }),
    {
      headers: {
        "content-type": "application/speculationrules+json",
        "cache-control": "public, max-age=86400",
      },
    },
  );

/** Names the rules in a page's headers, unless the shop has rules of its own there. */
export function nameRules(headers: Headers): void {
  if (!headers.has(HEADER)) headers.set(HEADER, `"${RULES_PATH}"`);
}
