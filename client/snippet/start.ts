import type { Line } from "../../src/core/event/event.ts";
import { watchClicks } from "./clicks.ts";
import { choice, decideConsent, permits, type Stated } from "./consent.ts";
import { cart, decide } from "./decide.ts";
import { guard, on } from "./guard.ts";
import { entries, isDebug, log, type LogEntry } from "./log.ts";
import { view, type PageStatement } from "./page.ts";
import { adopt, capture, flush, forget, withdraw, type Captured } from "./queue.ts";
import { watchRoutes } from "./route.ts";
import { beside } from "./script.ts";
import { write } from "./storage.ts";
import { identify, visitor } from "./visitor.ts";

/** What a page may ask of `window.concierge(name, input)`. */
const commands = {
  /** The visitor's yes or no per purpose, as one source tells it: the shop itself, or a tool by its name. */
  consent(stated: Stated, source?: string) {
    const before = permits();
    if (!decideConsent(stated, source)) return;
    const after = permits();
    const event = { type: "consent_updated", consent: choice() } as const;
    if (after) {
      adopt();
      if (visitor()) capture(event);
    } else if (choice()) withdraw(event);
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
  /** Asks again for all slots. */
  decide: () => decide(true),
  /** Asks for slots that came since. */
  slots: () => decide(false, true),
  /** Who has logged in, by a token of the shop's server. */
  identify(token: string) {
    identify(token);
    decide(true);
  },
  /** Somebody else may sit here now: forgets the visitor's decision and everything kept on this device. */
  reset() {
    identify();
    write("concierge.consent");
    forget();
    decide(true);
  },
};
type Call = readonly [name: keyof typeof commands, input?: never, source?: never];
type Concierge = ((...call: Call) => void) & { q?: Iterable<unknown>[]; log?: LogEntry[] };

let isViewed = false;

/** A strict policy may forbid adding scripts: that costs the panel and nothing else. */
const loadPanel = guard(() => {
  const panel = document.createElement("script");
  panel.src = beside("concierge-debug.js");
  document.head.append(panel);
});

const boot = guard(() => {
  // A second tag on the same page would count everything twice. An element of the page may have our name, but no list.
  if (window.concierge?.log?.push) return;
  if (isDebug) loadPanel();
  const run: Concierge = guard((name: Call[0], input: never, source: never) => {
    log("call " + name, input);
    commands[name](input, source);
  }) as Concierge;
  const early = (window.concierge?.q?.slice?.() ?? []) as Iterable<unknown>[] as Call[];
  run.log = entries;
  window.concierge = run;
  for (const call of early) run(...call);
  if (!isViewed) view();
  watchClicks();
  watchRoutes(() => commands.page());
  on(window, "pagehide visibilitychange", flush);
  decide();
  adopt();
});

/** Waits until the visitor can see the page: a page fetched ahead that nobody opens is no page view. */
export const start = guard(() => {
  if (document.prerendering) on(document, "prerenderingchange", start);
  else if (document.readyState == "loading") on(document, "DOMContentLoaded", start);
  else {
    // Tasks of their own, so that each stays short: a page's first look into its storage may have to wait for the disk.
    setTimeout(visitor);
    setTimeout(boot);
  }
});

declare global {
  interface Window {
    concierge?: Concierge;
  }
  interface Document {
    readonly prerendering?: boolean;
  }
}
