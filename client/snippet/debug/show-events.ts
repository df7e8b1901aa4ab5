import { at, badge, make, textOf } from "./element.ts";
import type { EventLine } from "./events.ts";

const TONE: { readonly [state in EventLine["state"]]: string } = {
  waiting: "warn",
  dropped: "quiet",
  sent: "calm",
  accepted: "good",
  duplicate: "quiet",
  rejected: "bad",
};

/** Most lines that are drawn; a page that tells more is told so. */
const LINES_MAX = 200;

/** Epoch milliseconds as the time of day here. A page's clock may say anything. */
function clock(t: number): string {
  const date = new Date(t);
  return Number.isNaN(date.getTime()) ? "?" : date.toTimeString().slice(0, 8);
}

function row(
  { key, t, event, origin, state, detail }: EventLine,
  open: Set<string>,
  redraw: () => void,
): HTMLElement {
  const isOpen = open.has(key);
  const button = make(
    "button",
    { class: "row", type: "button", "aria-expanded": String(isOpen), "data-key": key },
    make("time", { class: "mono" }, clock(t)),
    make("span", { class: "type" }, textOf(at(event, "type"))),
    badge(state, TONE[state]),
  );
  button.onclick = () => {
    if (!open.delete(key)) open.add(key);
    redraw();
  };
  return make(
    "li",
    {},
    button,
    origin === "left" && make("p", { class: "soft" }, "from a page before this one"),
    detail ? make("p", { class: state === "rejected" ? "bad" : "soft" }, detail) : undefined,
    isOpen &&
      make("pre", { tabindex: "0", role: "region", "aria-label": "The event as JSON" }, textOf(event)),
  );
}

/** Every event and what became of it, the latest first. `open`: keys of those shown whole. */
export function showEvents(
  lines: readonly EventLine[],
  permits: boolean | undefined,
  open: Set<string>,
  redraw: () => void,
): Node[] {
  const count = (state: EventLine["state"]): number => lines.filter((line) => line.state === state).length;
  const states = (Object.keys(TONE) as EventLine["state"][]).filter((state) => count(state) > 0);
  const sum = states.map((state) => `${count(state)} ${state}`).join(" · ");
  const means =
    permits === undefined
      ? "Nobody has decided on consent: events wait in memory."
      : permits
        ? ""
        : "The visitor said no: events are dropped.";
  const shown = lines.slice(-LINES_MAX).toReversed();
  return [
    make("p", { class: "lead" }, sum || "Nothing seen yet.", means && ` ${means}`),
    make("ul", { class: "events" }, ...shown.map((line) => row(line, open, redraw))),
    ...(lines.length > LINES_MAX
      ? [make("p", { class: "soft" }, `${lines.length - LINES_MAX} earlier ones are in the copy.`)]
      : []),
  ];
}
