import { button, h } from "../element.ts";
import type { Look } from "./step.ts";

type Doing = {
  readonly back: () => void;
  readonly next: () => void;
  readonly hide: () => void;
};

/** The tour's companion: a card beside the page, never over it. It says, offers and points; it holds nobody. */
export class Panel {
  readonly element: HTMLElement;
  readonly #count = h("p", { class: "tour-count" });
  readonly #title = h("h2", { id: "tour-title", tabindex: -1 });
  readonly #text = h("p", {});
  readonly #acts = h("div", { class: "tour-acts" });
  readonly #outcome = h("p", { class: "tour-outcome", role: "status" });
  readonly #looks = h("div", {});
  readonly #body: HTMLElement;
  readonly #steps = h("div", { class: "tour-steps" });
  #pointed: HTMLElement | undefined;

  constructor({ back, next, hide }: Doing) {
    this.#steps.append(button("Back", "quiet", back), button("Next", "choice", next));
    this.#body = h(
      "div",
      { class: "tour-body", tabindex: 0, role: "group", "aria-labelledby": "tour-title" },
      this.#title,
      this.#text,
      this.#acts,
      this.#outcome,
      this.#looks,
    );
    this.element = h(
      "aside",
      { class: "tour", "aria-labelledby": "tour-title" },
      h("div", { class: "tour-head" }, this.#count, button("Hide", "quiet", hide)),
      this.#body,
      this.#steps,
    );
    this.element.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") hide();
    });
  }

  /** Begins a step: its words; buttons and outcome of the one before go. */
  show(step: { title: string; text: string; at: number; of: number }): void {
    const [back, next] = [...this.#steps.children] as [HTMLButtonElement, HTMLButtonElement];
    this.#count.textContent = `Guided tour, ${step.at + 1} of ${step.of}`;
    this.#title.textContent = step.title;
    this.#text.textContent = step.text;
    back.disabled = step.at === 0;
    next.textContent = step.at === step.of - 1 ? "End the tour" : "Next";
    this.offer();
    this.happened("");
  }

  offer(...acts: readonly HTMLElement[]): void {
    this.#acts.replaceChildren(...acts);
  }

  happened(sentence: string, look?: Look): void {
    this.#unpoint();
    this.#outcome.textContent = sentence;
    this.#looks.replaceChildren(...(look ? [button(look.label, "tour-look", () => this.#point(look))] : []));
    // Where the card is low, as on a phone, the outcome comes into its view.
    this.#body.scrollTop = sentence === "" ? 0 : this.#outcome.offsetTop - this.#body.offsetTop - 12;
  }

  focus(): void {
    this.#title.focus();
  }

  /** Brings something into view, draws a ring around it, and puts the keyboard there. */
  #point({ find, then }: Look): void {
    this.#unpoint();
    const found = find();
    if (!found) return;
    then?.(found);
    found.style.outline = "3px solid #b5893c";
    found.style.outlineOffset = "4px";
    found.scrollIntoView({ block: "center", inline: "nearest" });
    if (found.tabIndex < 0 && !found.hasAttribute("tabindex")) found.setAttribute("tabindex", "-1");
    found.focus({ preventScroll: true });
    this.#pointed = found;
  }

  #unpoint(): void {
    this.#pointed?.style.removeProperty("outline");
    this.#pointed?.style.removeProperty("outline-offset");
    this.#pointed = undefined;
  }
}
