import type { ConsentReport } from "./consent.ts";
import { make } from "./element.ts";

const cell = (says: boolean | undefined): HTMLElement =>
  make(
    "td",
    { class: says === undefined ? "soft" : says ? "good" : "bad" },
    says === undefined ? "–" : says ? "yes" : "no",
  );

/** Who says what, purpose by purpose, and what holds. */
export function showConsent({ purposes, words, holds, permits, visitor, kept }: ConsentReport): Node[] {
  const head = make(
    "thead",
    {},
    make(
      "tr",
      {},
      make("th", { scope: "col" }, "who says it"),
      ...purposes.map((one) => make("th", { scope: "col" }, one)),
    ),
  );
  const line = (name: string, says: { readonly [purpose: string]: boolean } | undefined): HTMLElement =>
    make("tr", {}, make("th", { scope: "row" }, name), ...purposes.map((purpose) => cell(says?.[purpose])));
  const body = make(
    "tbody",
    {},
    ...words.map(({ source, says }) => line(source, says)),
    line("What holds", holds),
  );
  const means =
    permits === undefined
      ? "Nobody has decided. Nothing is kept or sent about a person; events wait in memory."
      : permits
        ? "An id is kept, and events are sent."
        : "The visitor said no. Nothing is kept, and events are dropped.";
  return [
    make("p", { class: "lead" }, means),
    make("table", {}, make("caption", { hidden: "" }, "Consent by source and purpose"), head, body),
    make("p", { class: "soft" }, "Of several sources one no is a no. A dash says nothing."),
    make("h2", { class: "part" }, "On this device"),
    make(
      "dl",
      {},
      make("dt", {}, "visitor"),
      make("dd", { class: "mono" }, visitor ?? "none"),
      make("dt", {}, "storage"),
      make("dd", { class: "mono" }, kept ? keptWords(kept) : "blocked: the page works from memory"),
    ),
  ];
}

function keptWords(names: readonly string[]): string {
  const events = names.filter((name) => name.startsWith("concierge.queue")).length;
  const others = names.filter((name) => !name.startsWith("concierge.queue"));
  return (
    [...others, events > 0 ? `${events} waiting ${events === 1 ? "event" : "events"}` : ""]
      .filter(Boolean)
      .join(", ") || "nothing"
  );
}
