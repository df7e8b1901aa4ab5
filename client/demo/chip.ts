import type { DecideAnswer, SlotAnswer } from "../../src/core/wire/decide.ts";
import { h, icon } from "./element.ts";

/** What each status means to somebody who watches the demo. */
const MEANING: { readonly [status in SlotAnswer["status"]]: string } = {
  personalized: "chosen with what this visitor did",
  contextual: "chosen from page and cart only, nothing about a person",
  fallback: "the shop's own choice stands",
  holdout: "kept out on purpose, to measure the effect",
  suppressed: "a rule or the visitor said not here",
};

/** The small corner window that says what Concierge did on this page, slot by slot, and why. */
export function infoChip(): {
  readonly show: (answer: DecideAnswer) => void;
  readonly say: (text: string) => void;
} {
  const label = h("span", {}, "Concierge");
  const body = h("div", { class: "chip-body" }, "Waiting for the first decision …");
  const summary = h("summary", {});
  summary.append(icon("leaf"), label);
  document.body.append(h("details", { class: "chip" }, summary, body));
  return {
    say: (text) => body.replaceChildren(h("p", {}, text)),
    show: (answer) => {
      const personal = answer.slots.filter((slot) => slot.status === "personalized").length;
      label.textContent =
        personal > 0 ? `Concierge: ${personal} of ${answer.slots.length} personal` : "Concierge";
      const debug = new URL(location.href);
      debug.searchParams.set("concierge", "debug");
      body.replaceChildren(
        ...answer.slots.map(slotLine),
        h(
          "p",
          { class: "chip-foot" },
          `Config revision ${answer.configRevision}. Consent used: ${answer.consent.applied.join(", ") || "none"}. `,
          h("a", { href: debug.href }, "Open the debug panel"),
        ),
      );
    },
  };
}

function slotLine(slot: SlotAnswer): HTMLElement {
  const arms = slot.assignments.map(({ experiment, variation }) => `${experiment}: ${variation}`).join(", ");
  return h(
    "section",
    { class: "chip-slot" },
    h("b", {}, slot.id),
    h("span", { class: `status status-${slot.status}` }, slot.status),
    h("p", {}, `${MEANING[slot.status]} (${slot.reason})`),
    arms !== "" && h("p", {}, arms),
    slot.items.length > 0 &&
      h("ol", {}, ...slot.items.map((item) => h("li", {}, h("b", {}, item.title), ` ${item.why.text}`))),
  );
}
