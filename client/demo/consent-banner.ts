import { choose, decidedChoice } from "./consent-choice.ts";
import { button, h } from "./element.ts";
import { isPrivate } from "./private-visit.ts";

/** Asks once, over the page's foot so that nothing moves. Both answers are one click, equally big, equally final. */
export function askConsent(): void {
  if (decidedChoice() || isPrivate()) return;
  const answer = (isYes: boolean) => choose({ personalization: isYes, analytics: isYes });
  const banner = h(
    "section",
    { class: "consent", role: "dialog", "aria-labelledby": "consent-title" },
    h(
      "div",
      {},
      h("h2", { id: "consent-title" }, "May we remember what you look at?"),
      h(
        "p",
        {},
        "Only in this shop, and only to choose which products to show you and to measure whether that helps. " +
          "Without your yes nothing is stored about you. You can change your mind any time in ",
        h("a", { href: "/demo/account.html" }, "your account"),
        ".",
      ),
    ),
    h(
      "div",
      { class: "consent-answers" },
      button("No, thanks", "choice", () => answer(false)),
      button("Yes, personalize", "choice", () => answer(true)),
    ),
  );
  document.addEventListener("shop:consent", () => decidedChoice() && banner.remove());
  document.body.append(banner);
}
