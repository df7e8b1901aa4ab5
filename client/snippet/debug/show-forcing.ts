import { make } from "./element.ts";
import { addressOf, addressWith, forcedHere } from "./forcing.ts";

/** A way to look at what this visitor is not in, by its name. */
export function lookAt(): HTMLElement {
  const input = make("input", {
    "data-key": "look",
    placeholder: "experiment:variation",
    autocomplete: "off",
    spellcheck: "false",
  }) as HTMLInputElement;
  const form = make(
    "form",
    {},
    make("label", {}, "Look at a variation by its name", input),
    make("button", { class: "act", type: "submit", "data-key": "look now" }, "Look"),
  );
  // A property, since a page may have broken `addEventListener`.
  form.onsubmit = (event) => {
    event.preventDefault();
    const [experiment, variation] = input.value.split(":").map((part) => part.trim());
    if (experiment && variation) location.assign(addressWith(experiment, variation));
  };
  return form;
}

/** Says that something is forced, and how to end that; absent otherwise. */
export function showForced(): (Node | string)[] {
  const forced = [...forcedHere()].map((pair) => pair.join(" = ")).join(", ");
  if (!forced) return [];
  return [
    `Only looking: ${forced}. Nothing of these answers is counted. `,
    make("a", { href: addressOf(new Map()), "data-key": "stop" }, "Stop"),
  ];
}
