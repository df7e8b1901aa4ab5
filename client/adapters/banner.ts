import { say } from "./say.ts";

const PURPOSES = ["personalization", "analytics", "marketing", "clienteling"];

/**
 * Runs the shop's own banner, `[data-concierge-banner][hidden]`: shows it while nobody has answered, and hears its buttons,
 * `data-concierge-consent="all"`, `"none"`, purposes parted by spaces, or `"ask"` to open it again. It takes nobody's
 * focus; leaving it alone is no answer, and no answer is no.
 */
export function connectBanner(): void {
  const banner = document.querySelector<HTMLElement>("[data-concierge-banner]");
  if (!banner) return;
  let known: string | null = null;
  try {
    known = localStorage.getItem("concierge.consent");
  } catch {
    // Where nothing can be kept it is asked on each page.
  }
  banner.hidden = !!known;
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("[data-concierge-consent]") : null;
    const choice = button?.getAttribute("data-concierge-consent");
    if (!choice) return;
    banner.hidden = choice !== "ask";
    if (choice === "ask") return;
    const said = choice.split(" ");
    say(
      "consent",
      Object.fromEntries(PURPOSES.map((purpose) => [purpose, choice === "all" || said.includes(purpose)])),
    );
  });
}
