import type { DecisionReport, SlotReport } from "./decisions.ts";
import { addressWith } from "./forcing.ts";
import { at, listOf, make, textOf } from "./element.ts";
import { lookAt } from "./show-forcing.ts";

/** What a slot's status is coloured like. */
const TONE: { readonly [status: string]: string } = {
  personalized: "good",
  contextual: "calm",
  fallback: "warn",
  late: "warn",
  holdout: "held",
};

/** Reasons in words, for whoever does not know the codes by heart. */
const REASONS: { readonly [reason: string]: string } = {
  decided: "Chosen for this visitor.",
  no_consent: "Nobody agreed to personalization: chosen from the page, the cart and the catalog alone.",
  below_min: "Too few good products: the shop's own content stands.",
  switched_off: "A rule or a variation switches the slot off.",
  limited_to_none: "The slot may show no product here.",
  holdout: "This visitor is held out, so that the effect can be measured.",
  fault: "Something failed on the server: the shop's own content stands.",
};

/** Most products of one slot that are written out. */
const ITEMS_MAX = 24;

function assignment(given: unknown): HTMLElement {
  const experiment = textOf(at(given, "experiment"));
  const current = textOf(at(given, "variation"));
  const isForced = at(given, "forced") === true;
  const variations = listOf(at(given, "variations")).map(textOf);
  const links = variations.map((variation) =>
    make(
      "a",
      {
        href: addressWith(experiment, variation),
        "data-key": `arm ${experiment} ${variation}`,
        "aria-label": `Look at ${experiment} = ${variation}`,
        "aria-current": variation === current ? "true" : undefined,
      },
      variation,
    ),
  );
  const back = { href: addressWith(experiment), "data-key": `draw ${experiment}` };
  return make(
    "li",
    {},
    make("span", { class: "mono" }, `${experiment} = ${current}`),
    isForced && make("span", { class: "warn" }, " forced"),
    links[0] && make("span", { class: "arms" }, ...links),
    isForced && " ",
    isForced && make("a", back, "Let the draw decide"),
  );
}

function pick(item: unknown, index: number): HTMLElement {
  const why = at(item, "why");
  const rank = textOf(at(item, "rank") ?? index + 1);
  return make(
    "li",
    {},
    `${rank}. `,
    make("b", { class: "mono" }, textOf(at(item, "id"))),
    ": ",
    make("span", { class: "mono calm" }, textOf(at(why, "code"))),
    `, ${textOf(at(why, "text"))}`,
    make("span", { class: "soft" }, textOf(at(item, "title"))),
  );
}

function slotOf({ id, shown, answer }: SlotReport): HTMLElement {
  const status = textOf(at(answer, "status") ?? shown);
  const reason = textOf(at(answer, "reason"));
  const items = listOf(at(answer, "items"));
  const given = listOf(at(answer, "assignments"));
  const isLate = shown === "late" && status !== "late";
  return make(
    "li",
    {},
    make(
      "h2",
      {},
      make("span", { class: "mono" }, id),
      ": ",
      status
        ? make("span", { class: TONE[status] ?? "quiet" }, status)
        : make("span", { class: "soft" }, "not asked for yet"),
      reason && ", because ",
      reason && make("span", { class: "mono" }, reason),
    ),
    make(
      "p",
      { class: "soft" },
      answer ? (REASONS[reason] ?? "") : shown ? "It came filled: nobody asked for it." : "",
    ),
    isLate &&
      make(
        "p",
        { class: "warn" },
        "Late: the visitor looked at the shop's own content already, so that stays.",
      ),
    given[0] ? make("ul", {}, ...given.map(assignment)) : undefined,
    items[0] ? make("ul", { class: "picks" }, ...items.slice(0, ITEMS_MAX).map(pick)) : undefined,
    items.length > ITEMS_MAX && make("p", { class: "soft" }, `and ${items.length - ITEMS_MAX} more`),
  );
}

/** Every slot: its status and reason, what it is part of, its products and why each. */
export function showDecisions({ slots, last }: DecisionReport): Node[] {
  const consent = at(last, "consent");
  const names = (name: string): string => listOf(at(consent, name)).join(", ") || "nothing";
  return [
    make(
      "p",
      { class: "lead" },
      last
        ? `used: ${names("applied")}; withheld: ${names("withheld")}; config ${textOf(at(last, "configRevision"))}`
        : "No answer yet.",
    ),
    slots[0]
      ? make("ol", { class: "slots" }, ...slots.map(slotOf))
      : make("p", { class: "soft" }, "There is no slot on this page: mark one with data-concierge-slot."),
    lookAt(),
  ];
}
