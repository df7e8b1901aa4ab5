import { block } from "./block.ts";
import { h } from "./h.ts";
import { sinceText } from "./moment.ts";
import type { Part } from "./say.ts";
import { labelOf, valueText } from "./words.ts";

/** What the shop made of all the rest: groups, conclusions, occasions, and roughly where from. */
export const conclusions: Part = ({ segments, concluded, life, place }) =>
  block("What we conclude from it", "Worked out by the shop's own rules from the rest of this page.", [
    ...segments.map(({ id, since }) => line("Group", labelOf(id), `Since ${sinceText(since)}.`)),
    ...concluded.map(({ name, value, at }) =>
      line(labelOf(name), valueText(value), `Concluded ${sinceText(at)}.`),
    ),
    ...Object.entries(life).map(([kind, confidence]) =>
      line(
        "Occasion",
        labelOf(kind),
        confidence === 1 ? "You, or the shop, told us." : `Supposed, ${Math.round(confidence * 100)} % sure.`,
      ),
    ),
    ...(place
      ? [line("Place", [place.region, place.country].filter(Boolean).join(", "), "From the latest visit.")]
      : []),
  ]);

const line = (label: string, text: string, from: string): HTMLElement =>
  h(
    "div",
    { class: "row" },
    h(
      "div",
      { class: "row-text" },
      h("span", { class: "label" }, label),
      h("b", {}, text),
      h("small", {}, from),
    ),
  );
