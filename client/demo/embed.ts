import type { Site } from "./site.ts";

type Say = (name: string, input?: unknown) => void;

/**
 * Says something to the snippet, now or as soon as it is there: the queue of the documented stub.
 * @example concierge("consent", { personalization: true, analytics: true })
 */
export const concierge: Say = (name, input) => {
  const page = window as unknown as { concierge?: Say & { q?: unknown[][] } };
  page.concierge ??= Object.assign(
    (...call: unknown[]) => {
      (page.concierge!.q ??= []).push(call);
    },
    { q: [] },
  );
  page.concierge(name, input);
};

/** Puts the script tag on the page: the two lines a shop pastes. After the page is built, so that it reads all of it. */
export function embed(site: Site): void {
  const script = document.createElement("script");
  script.async = true;
  script.src = `${site.api}/concierge.js`;
  script.dataset["key"] = site.writeKey;
  document.head.append(script);
}
