import { say } from "./say.ts";

type Word = "yes" | "no" | "";
type Privacy = {
  currentVisitorConsent(): {
    readonly [name in "analytics" | "preferences" | "marketing" | "sale_of_data"]?: Word;
  };
};

/** Hands on what Shopify's own consent banner says, by the Worker's mapping: `""` is no answer yet. */
export function connectShopifyPrivacy(): void {
  const tell = (): void => {
    const privacy = (window as { Shopify?: { customerPrivacy?: Privacy } }).Shopify?.customerPrivacy;
    if (!privacy) return;
    const said = privacy.currentVisitorConsent();
    const answer = (word: Word | undefined): boolean | null => (word ? word === "yes" : null);
    say(
      "consent",
      {
        analytics: answer(said.analytics),
        personalization: answer(said.preferences),
        marketing: said.sale_of_data === "no" ? false : answer(said.marketing),
      },
      "shopify",
    );
  };
  document.addEventListener("visitorConsentCollected", tell);
  tell();
}
