import { say } from "./say.ts";

/** The product the page says it is about, in the shop's own markup. */
const itemOf = (element: Element | null): string | undefined =>
  element?.closest("[data-concierge-item]")?.getAttribute("data-concierge-item") ??
  document.querySelector("[data-concierge-item]")?.getAttribute("data-concierge-item") ??
  undefined;

const SCOPE = "[data-concierge-item],[data-concierge-slot],main";
const FILE = /\.(pdf|zip|docx?|xlsx?|csv|mp[34]|step|dwg)$/i;

/**
 * Tells how long a product's page was looked at, and which links in it led out of the shop or to a file. Nothing of an
 * address is told but its host or the file's ending, and nothing at all of pages that are about no product.
 */
export function connectEngagement(): void {
  /** Since when the page is in view, in milliseconds of its own clock. */
  let since: number | undefined;
  const look = ({ type }: { readonly type?: string }): void => {
    const isInView = type !== "pagehide" && document.visibilityState === "visible";
    const seconds = (performance.now() - (since ?? Infinity)) / 1000;
    if (isInView) since ??= performance.now();
    else since = undefined;
    const item = itemOf(null);
    if (!isInView && item && seconds >= 1)
      say("track", { type: "custom", name: "dwelled", facts: { item, seconds: Math.round(seconds) } });
  };
  look({});
  // Leaving a page hides it first and changes its visibility then, which is when the snippet sends for the last time.
  window.addEventListener("pagehide", look, true);
  document.addEventListener("visibilitychange", look, true);
  document.addEventListener(
    "click",
    ({ target }) => {
      const link = target instanceof Element ? target.closest<HTMLAnchorElement>("a[href]") : null;
      const item = itemOf(link);
      if (!link || !item || !link.closest(SCOPE)) return;
      const file = FILE.exec(link.pathname)?.[1];
      const host = link.host !== location.host ? link.host : undefined;
      if (file || host)
        say("track", {
          type: "custom",
          name: "link_followed",
          facts: { item, ...(file ? { file } : { host: host! }) },
        });
    },
    true,
  );
}
