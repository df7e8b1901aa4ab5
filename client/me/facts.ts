import { button, h } from "./h.ts";
import { sinceText } from "./moment.ts";
import { block } from "./block.ts";
import type { Desk, Part } from "./say.ts";
import { labelOf, sourceText, valueText } from "./words.ts";

type Value = string | number | boolean;

/** Stated facts, each with who stated it; to correct, to hide, to take out. */
export const facts: Part = (known, { change }) =>
  block(
    "Facts about you",
    "What somebody told us, and who it was. Your own word replaces everybody else's.",
    known.traits.map(({ name, value, at, source, isHidden }) => {
      const line = h("div", { class: "row", "data-row": `fact:${name}` });
      const show = () => {
        const isOut = value === null;
        line.replaceChildren(
          h(
            "div",
            { class: "row-text" },
            h("span", { class: "label" }, labelOf(name)),
            h("b", {}, isOut ? "taken out by you" : valueText(value)),
            h(
              "small",
              {},
              `From ${sourceText(source)}, ${sinceText(at)}.`,
              isHidden && " Hidden: it decides nothing.",
            ),
          ),
          h(
            "div",
            { class: "row-deeds" },
            button(isOut ? "Put in" : "Correct", "pill", () =>
              line.replaceChildren(form(name, value, change, show)),
            ),
            button(isHidden ? "Use again" : "Hide", "pill", () =>
              change({ hide: { trait: name, hidden: !isHidden } }),
            ),
          ),
        );
      };
      show();
      return line;
    }),
  );

function form(name: string, value: unknown, change: Desk["change"], cancel: () => void): HTMLElement {
  const input = fieldFor(name, value);
  const made = h(
    "form",
    { class: "correct" },
    h("label", {}, labelOf(name), input),
    h("button", { class: "pill" }, "Save"),
    value !== null && button("Take it out", "pill", () => change({ correct: { [name]: null } })),
    button("Cancel", "quiet", cancel),
  );
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    change({ correct: { [name]: readAs(value, input.value) } });
  });
  queueMicrotask(() => input.focus());
  return made;
}

function fieldFor(name: string, value: unknown): HTMLInputElement | HTMLSelectElement {
  if (typeof value === "boolean")
    return h(
      "select",
      { name },
      h("option", { selected: value }, "Yes"),
      h("option", { selected: !value }, "No"),
    ) as HTMLSelectElement;
  return h("input", {
    name,
    value: value === null ? "" : valueText(value),
    type: typeof value === "number" ? "number" : "text",
    step: typeof value === "number" && "any",
    maxlength: 200,
    required: true,
    autocomplete: "off",
  }) as HTMLInputElement;
}

/** What was typed, as the kind of value that stood there. */
const readAs = (before: unknown, text: string): Value =>
  typeof before === "boolean" ? text === "Yes" : typeof before === "number" ? Number(text) : text.trim();
