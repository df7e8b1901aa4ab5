import type { LogEntry } from "../log.ts";
import { consentOf } from "./consent.ts";
import { copy, reportText } from "./copy.ts";
import { decisionsOf } from "./decisions.ts";
import { at, badge, make, read } from "./element.ts";
import { EventTrail } from "./events.ts";
import { faultsOf } from "./faults.ts";
import { amissOn, type PageRead } from "./page-check.ts";
import { showConsent } from "./show-consent.ts";
import { showDecisions } from "./show-decisions.ts";
import { showEvents } from "./show-events.ts";
import { showFaults } from "./show-faults.ts";
import { showForced } from "./show-forcing.ts";
import { showPage } from "./show-page.ts";
import { STYLE } from "./style.ts";
import { makeTabs } from "./tabs.ts";

/** How often the panel looks at the log, in milliseconds: it needs nothing from the snippet but that. */
const LOOK_MS = 400;

/** What the snippet read of the page, as it said in its last question or its last page view. */
function pageRead(log: readonly LogEntry[]): PageRead {
  const seen = (type: string): unknown =>
    log.findLast(({ kind, data }) => kind === "event" && at(data, "type") === type)?.data;
  const body = read(log.findLast(({ kind }) => kind === "send decide")?.data);
  const page = at(body, "page") ?? at(seen("page_viewed"), "page");
  // A product of an earlier page view is none of this page's.
  const product = at(page, "type") === "product" ? seen("product_viewed") : undefined;
  return { page, product, cart: at(body, "cart") };
}

/** Puts the panel on the page. It remembers nothing: the next page starts anew. */
export function openPanel(): void {
  const host = make("aside", { "aria-label": "Concierge debug", lang: "en" });
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];

  const { list, tabs } = makeTabs(["Decisions", "Events", "Consent", "Page"]);
  const [decisionsTab, eventsTab, consentTab, pageTab] = tabs as [
    (typeof tabs)[0],
    (typeof tabs)[0],
    (typeof tabs)[0],
    (typeof tabs)[0],
  ];
  const bar = make("summary", { "data-key": "bar" });
  const note = make("p", { class: "note", hidden: "" });
  const errors = make("section", { class: "errors", hidden: "", tabindex: "0", "aria-label": "Errors" });
  const status = make("span", { role: "status", class: "soft" });
  const copyButton = make("button", { class: "act", type: "button" }, "Copy as JSON");
  const footer = make("footer", {}, copyButton, status);
  const body = make("div", { class: "body" }, note, errors, list, ...tabs.map(({ panel }) => panel), footer);
  root.append(make("details", { open: "" }, bar, body));
  document.body.append(host);

  const trail = new EventTrail();
  const open = new Set<string>();
  const drawn = new Map<HTMLElement, string>();
  let taken = 0;

  /** Draws a part anew if it says something else than before; the focus stays where it was. */
  const draw = (part: HTMLElement, says: unknown, nodes: () => (Node | string)[]): void => {
    const text = JSON.stringify(says) ?? "";
    if (drawn.get(part) === text) return;
    drawn.set(part, text);
    const key = (root.activeElement as HTMLElement | null)?.dataset["key"];
    const typed = part.querySelector("input")?.value;
    part.replaceChildren(...nodes());
    const input = part.querySelector("input");
    if (input && typed) input.value = typed;
    const again = [...part.querySelectorAll<HTMLElement>("[data-key]")].find(
      (one) => one.dataset["key"] === key,
    );
    if (key !== undefined) again?.focus({ preventScroll: true });
  };

  const look = () => {
    const log = window.concierge?.log ?? [];
    // Somebody may have emptied it.
    if (log.length < taken) taken = 0;
    const consent = consentOf(log);
    for (; taken < log.length; taken++) trail.take(log[taken]!, consent.permits === false);
    if (consent.permits === false) trail.refuse();
    const page = pageRead(log);
    return {
      consent,
      decisions: decisionsOf(log),
      events: trail.lines,
      page,
      amiss: amissOn(page),
      errors: faultsOf(log),
      log,
    };
  };

  const refresh = (): void => {
    const { consent, decisions, events, page, amiss, errors: faults } = look();
    const { permits } = consent;
    draw(bar, [permits, faults.length], () => [
      make("b", {}, "Concierge"),
      ...(faults[0] ? [badge(faults.length === 1 ? "1 error" : `${faults.length} errors`, "bad")] : []),
      permits === undefined
        ? badge("consent undecided", "warn")
        : permits
          ? badge("consent given", "good")
          : badge("consent refused", "quiet"),
    ]);
    draw(note, "", showForced);
    note.hidden = !note.firstChild;
    draw(errors, faults, () => showFaults(faults));
    errors.hidden = !faults[0];
    draw(decisionsTab.panel, [decisions, location.href], () => showDecisions(decisions));
    draw(eventsTab.panel, [events, permits, [...open]], () => showEvents(events, permits, open, refresh));
    draw(consentTab.panel, consent, () => showConsent(consent));
    draw(pageTab.panel, [page, amiss], () => showPage(page, amiss));
    const counts = [decisions.slots.length, events.length, 0, amiss.length];
    tabs.forEach(({ button, name }, index) =>
      draw(button, counts[index], () => [
        name,
        ...(counts[index]
          ? [make("span", { class: index === 3 ? "alert" : "" }, String(counts[index]))]
          : []),
      ]),
    );
  };

  copyButton.onclick = () => {
    const text = reportText({ address: location.href, at: new Date().toISOString(), ...look() });
    void copy(text, body).then((isCopied) => {
      status.textContent = isCopied ? "Copied." : "This page does not allow copying.";
    });
  };
  const safely = (): void => {
    try {
      refresh();
    } catch (error) {
      // A page may have broken anything; what can be said still is.
      status.textContent = `The panel cannot tell: ${String(error)}`;
    }
  };
  safely();
  setInterval(safely, LOOK_MS);
}
