import { h } from "./h.ts";
import { sinceText } from "./moment.ts";
import { priceText } from "./price.ts";
import { block } from "./block.ts";
import { itemRow, picture, title } from "./items.ts";
import type { Part } from "./say.ts";
import { counted, labelOf } from "./words.ts";

/** Orders with their items: what was bought is known to be owned, unless it was a gift. */
export const orders: Part = (known, desk) =>
  block(
    "What you bought",
    "From the checkout and the shop's own system. We do not suggest again what you own.",
    known.orders
      .toSorted((a, b) => b.at - a.at)
      .map(({ orderId, at, minor, currency, refundedMinor, toldBy, lines }) =>
        h(
          "div",
          { class: "order" },
          h(
            "div",
            { class: "row-text" },
            h("b", {}, `Order ${orderId}`),
            h(
              "small",
              {},
              `${sinceText(at)}, goods worth ${priceText({ minor, currency })} without tax`,
              refundedMinor > 0 && `, ${priceText({ minor: refundedMinor, currency })} given back`,
              `. Told by ${toldBy === "shop" ? "the shop's own system" : "the checkout page"}.`,
            ),
          ),
          ...lines.map(([item, quantity]) => itemRow(known, desk, item, `${quantity} ×`)),
        ),
      ),
  );

export const answers: Part = (known) =>
  block(
    "What you answered",
    "From surveys and reviews you filled in.",
    known.answers.map(({ question: place, at, score, choice }) => {
      const [survey = "", ...question] = place.split("/");
      return h(
        "div",
        { class: "row" },
        h(
          "div",
          { class: "row-text" },
          h("span", { class: "label" }, labelOf(question.join("/"))),
          h("b", {}, choice ?? (score === undefined ? "answered in your own words" : String(score))),
          h("small", {}, `Survey “${labelOf(survey)}”, ${sinceText(at)}.`),
        ),
      );
    }),
  );

/** Suggestions that were really seen: what all the rest was used for. */
export const decisions: Part = (known, desk) =>
  block(
    "What we used it for",
    "Suggestions you have seen that were chosen with what is known about you.",
    known.decisions
      .toSorted((a, b) => b.at - a.at)
      .map(({ slot, at, items }) =>
        h(
          "details",
          { class: "decision" },
          h(
            "summary",
            {},
            h("span", { class: "pictures" }, ...items.slice(0, 4).map((item) => picture(desk, item))),
            h("span", { class: "row-text" }, desk.place(slot), h("small", {}, `${sinceText(at)}.`)),
          ),
          h("ul", {}, ...items.map((item) => h("li", {}, title(desk, item)))),
        ),
      ),
  );

export const comparisons: Part = (known) =>
  block(
    "Comparisons you are part of",
    "We show groups of visitors different pages, to see which helps. Chance decides who is in which group.",
    known.experiments.map(({ experiment, variation, at }) =>
      h(
        "div",
        { class: "row" },
        h(
          "div",
          { class: "row-text" },
          h(
            "span",
            { class: "label" },
            experiment === "holdout" ? "Do suggestions help?" : labelOf(experiment),
          ),
          h("b", {}, `Group “${labelOf(variation)}”`),
          h("small", {}, `Since ${sinceText(at)}.`),
        ),
      ),
    ),
  );

/** What is known, counted. */
export function sumText({ since, events, joined }: Parameters<Part>[0]): string {
  const joins =
    joined.length > 0 ? ` What ${counted(joined.length, "browser")} of yours did is part of it.` : "";
  return `We have known you since ${sinceText(since)} and keep a record of ${counted(events, "thing")} you did or told us.${joins}`;
}
