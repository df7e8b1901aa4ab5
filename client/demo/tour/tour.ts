import { button, h, the } from "../element.ts";
import type { Site } from "../site.ts";
import { decision } from "./decision.ts";
import { erase } from "./erase.ts";
import { experiment } from "./experiment.ts";
import { note } from "./note.ts";
import { Panel } from "./panel.ts";
import { rule } from "./rule.ts";
import type { Decided, Step } from "./step.ts";
import { readTour, writeTour, type TourState } from "./tour-state.ts";
import { withdraw } from "./withdraw.ts";

const STEPS: readonly Step[] = [decision, rule, experiment, note, withdraw, erase];

const isWanted = (): boolean =>
  window.top === window && (readTour()?.isOpen === true || new URLSearchParams(location.search).has("tour"));

/** Makes room for the tour before anything is drawn, where it is open: so nothing on the page moves. */
export function makeRoom(isOpen = isWanted()): void {
  const { classList } = document.documentElement;
  classList.toggle("touring", isOpen);
  // The debug panel has the right side.
  classList.toggle("touring-left", new URLSearchParams(location.search).get("concierge") === "debug");
}

/** Offers the tour on this page, and goes on with it where it was open. A page within another page is no place for it. */
export function startTour(site: Site): void {
  if (window.top === window) new Tour(site).begin();
}

/** The guided tour: six stops, each done for real against the running server. It can be left and resumed anywhere. */
class Tour {
  readonly #site: Site;
  readonly #panel: Panel;
  readonly #pill: HTMLElement;
  #state: TourState | undefined = readTour();
  #stop = new AbortController();
  #decided: Decided | undefined;
  /** Once everything is erased nothing is written down any more. */
  #isForgotten = false;

  constructor(site: Site) {
    this.#site = site;
    this.#panel = new Panel({
      back: () => this.#go(this.#step - 1),
      next: () => (this.#step === STEPS.length - 1 ? this.#end() : this.#go(this.#step + 1)),
      hide: () => this.#hide(),
    });
    this.#pill = button("", "tour-pill", () => this.open());
    this.#pill.hidden = true;
    the(".shop-header").after(this.#panel.element, this.#pill);
    this.#panel.element.hidden = true;
    document.addEventListener("shop:decided", (event) => {
      this.#decided = (event as CustomEvent<Decided>).detail;
    });
    document.addEventListener("concierge-me", (event) => {
      if ((event as CustomEvent<{ kind: string }>).detail.kind === "erased") this.#isForgotten = true;
    });
  }

  begin(): void {
    for (const entry of document.querySelectorAll<HTMLElement>("[data-tour]")) {
      entry.hidden = false;
      entry.addEventListener("click", (event) => {
        event.preventDefault();
        this.open();
      });
    }
    if (isWanted()) this.#enter();
    else if (this.#state) this.#showPill();
  }

  get #step(): number {
    return Math.min(this.#state?.step ?? 0, STEPS.length - 1);
  }

  /** Begins, or goes on where it was left, with the keyboard on the panel. */
  open(): void {
    this.#enter();
    this.#panel.focus();
  }

  #go(step: number): void {
    this.#keep({ step, isOpen: true });
    this.#enter();
    this.#panel.focus();
  }

  #enter(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#keep({ ...this.#state, step: this.#step, isOpen: true });
    makeRoom(true);
    this.#pill.hidden = true;
    this.#panel.element.hidden = false;
    const step = STEPS[this.#step]!;
    this.#panel.show({ title: step.title, text: step.text, at: this.#step, of: STEPS.length });
    if (!step.isHere(new URL(location.href))) {
      this.#panel.offer(h("a", { class: "choice", href: step.at }, step.go));
      return;
    }
    const { signal } = this.#stop;
    // What comes late belongs to a stop that was left.
    const ifCurrent = (act: () => void): void => {
      if (!signal.aborted) act();
    };
    void step.enter({
      site: this.#site,
      signal,
      offer: (...acts) => ifCurrent(() => this.#panel.offer(...acts)),
      happened: (sentence, look) => ifCurrent(() => this.#panel.happened(sentence, look)),
      onDecided: (listener) => {
        if (this.#decided) listener(this.#decided);
        document.addEventListener(
          "shop:decided",
          (event) => listener((event as CustomEvent<Decided>).detail),
          { signal },
        );
      },
      memo: () => this.#state?.memo,
      keep: (memo) => ifCurrent(() => this.#keep({ step: this.#step, isOpen: true, memo })),
    });
  }

  #hide(): void {
    this.#stop.abort();
    this.#panel.happened("");
    this.#keep({ ...this.#state, step: this.#step, isOpen: false });
    this.#panel.element.hidden = true;
    makeRoom(false);
    this.#showPill();
    this.#pill.focus();
  }

  #end(): void {
    this.#hide();
    this.#keep({ step: 0, isOpen: false });
    this.#showPill();
  }

  #showPill(): void {
    this.#pill.textContent =
      this.#step === 0 ? "Guided tour" : `Resume the tour, ${this.#step + 1} of ${STEPS.length}`;
    this.#pill.hidden = false;
  }

  #keep(state: TourState): void {
    this.#state = state;
    if (!this.#isForgotten) writeTour(state);
  }
}
