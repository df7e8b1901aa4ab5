import type { DecideAnswer } from "../../src/core/wire/decide.ts";
import type { LogEntry } from "./log.ts";

/** The panel of `?concierge=debug`: consent, id, what was seen, sent and answered, and why each slot came out so. */
const panel = document.createElement("aside");
panel.setAttribute("aria-label", "Concierge debug");
const root = panel.attachShadow({ mode: "open" });
const sheet = new CSSStyleSheet();
// One below the highest place, which a page may need for its question about consent.
sheet.replaceSync(`
  :host { position: fixed; z-index: 2147483646; right: 12px; bottom: 12px; width: min(420px, calc(100vw - 24px)); }
  details { background: #14181f; color: #e8ebf0; border-radius: 10px; font: 12px/1.45 ui-monospace, monospace; box-shadow: 0 8px 30px #0006; }
  summary { padding: 8px 12px; cursor: pointer; font-weight: 600; }
  ol { margin: 0; padding: 0 12px 10px; max-height: 50vh; overflow: auto; list-style: none; }
  li { padding: 4px 0; border-top: 1px solid #2c333f; overflow-wrap: anywhere; }
  b { color: #8fd0ff; } .error b { color: #ff9a8f; } pre { margin: 0; white-space: pre-wrap; }
`);
root.adoptedStyleSheets = [sheet];

function make(tag: string, text = "", ...children: Node[]): HTMLElement {
  const element = document.createElement(tag);
  element.append(text, ...children);
  return element;
}

/** Each slot of an answer in a sentence, with the reason of every pick. */
function decisions({ slots, consent, decisionId }: DecideAnswer): string {
  const lines = slots.flatMap((slot) => [
    `${slot.id}: ${slot.status}, because ${slot.reason}${slot.holdout ? " (holdout)" : ""}`,
    ...slot.assignments.map(({ experiment, variation }) => `  ${experiment} = ${variation}`),
    ...slot.items.map((item) => `  ${item.rank}. ${item.id}: ${item.why.code}, ${item.why.text}`),
  ]);
  const used = `used: ${consent.applied.join(", ") || "nothing"}; withheld: ${consent.withheld.join(", ") || "nothing"}`;
  return [`decision ${decisionId}`, used, ...lines].join("\n");
}

function textOf({ kind, data }: LogEntry): string {
  if (data instanceof Error) return String(data.stack ?? data);
  if (kind == "answer decide") {
    try {
      return decisions(data as DecideAnswer);
    } catch {
      // An answer of another shape (a problem, say) is shown as it is.
    }
  }
  return JSON.stringify(data, null, 1) ?? "";
}

const title = make("summary");
const list = make("ol");
const frame = document.createElement("details");
frame.open = true;
frame.append(title, list);
root.append(frame);
document.body.append(panel);

let shown = 0;

/** Adds what is new. Polled, so that the panel needs nothing from the snippet but its log. */
function refresh(): void {
  const entries = window.concierge?.log ?? [];
  let consent = "undecided";
  let id = "none";
  try {
    consent = localStorage.getItem("concierge.consent") ?? consent;
    id = localStorage.getItem("concierge.visitor") ?? id;
  } catch {
    consent = id = "storage is blocked";
  }
  title.textContent = `Concierge · consent ${consent} · visitor ${id}`;
  for (; shown < entries.length; shown++) {
    const entry = entries[shown]!;
    const line = make("li", "", make("b", `${new Date(entry.t).toISOString().slice(11, 23)} ${entry.kind}`));
    line.className = entry.kind;
    line.append(make("pre", textOf(entry)));
    list.prepend(line);
  }
}
refresh();
setInterval(refresh, 500);
