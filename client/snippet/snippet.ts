import type { Line } from "../../src/core/event/event.ts";
import { watchClicks } from "./clicks.ts";
import { decideConsent, permits } from "./consent.ts";
import { watchDataLayer } from "./data-layer.ts";
import { cart, decide } from "./decide.ts";
import { guard, on } from "./guard.ts";
import { entries, isDebug, log, type LogEntry } from "./log.ts";
import { view, type PageStatement } from "./page.ts";
import { visitor } from "./post.ts";
import { capture, discard, forget, leave, type Captured } from "./queue.ts";
import { watchRoutes } from "./route.ts";
import { debugScript } from "./script.ts";
import { write } from "./storage.ts";

/** What a page may ask of `window.concierge(name, input)`. */
const commands = {
  /** The visitor's yes or no per purpose. */
  consent(stated: { readonly [purpose: string]: unknown }) {
    const before = permits();
    if (!decideConsent(stated)) return;
    const after = permits();
    if (!after) discard();
    if (visitor()) capture({ type: "consent_updated", consent: stated }, true);
    if (before != after) decide();
  },
  /** An event in the words of the event list. */
  track(event: Captured) {
    if (event.type == "cart_updated") cart.lines = event["lines"] as Line[];
    capture(event);
  },
  /** A new page view, told by the shop: for single-page shops, and where markup says too little. */
  page(stated?: PageStatement) {
    isViewed = true;
    view(stated);
    decide();
  },
  /** What lies in the cart, for the decisions of this page. */
  cart(lines: readonly Line[]) {
    cart.lines = lines;
  },
  decide,
  /** Forgets the visitor's decision and everything kept on this device. */
  reset() {
    write("consent");
    forget();
    decide();
  },
};
type Call = readonly [name: keyof typeof commands, input?: never];
type Concierge = ((...call: Call) => void) & { q?: Iterable<unknown>[]; log?: LogEntry[] };

let isViewed = false;

const boot = guard(() => {
  // A second tag on the same page would count everything twice.
  if (window.concierge?.log) return;
  const run = guard((...[name, input]: Call) => {
    log("call " + name, input);
    commands[name](input as never);
  });
  const early = (window.concierge?.q ?? []) as Iterable<unknown>[] as Call[];
  const concierge: Concierge = run;
  concierge.log = entries;
  window.concierge = concierge;
  for (const call of early) run(...call);
  if (!isViewed) view();
  watchDataLayer();
  watchClicks();
  watchRoutes(() => commands.page());
  on(window, "pagehide visibilitychange", leave);
  decide();
  if (isDebug) {
    const panel = document.createElement("script");
    panel.src = debugScript();
    document.head.append(panel);
  }
});

/** Waits until the visitor can see the page: a page fetched ahead that nobody opens is no page view. */
const start = guard(() => {
  if (document.prerendering) on(document, "prerenderingchange", start);
  else if (document.readyState == "loading") on(document, "DOMContentLoaded", start);
  // A task of its own, so that evaluating the script stays short.
  else setTimeout(boot);
});

start();

declare global {
  interface Window {
    concierge?: Concierge;
  }
  interface Document {
    readonly prerendering?: boolean;
  }
}
