import type { KnownDocument } from "../../src/core/customer/known.ts";
import { button, h } from "./h.ts";

type Deeds = {
  readonly known: KnownDocument | undefined;
  readonly copy: () => void;
  readonly pause: (isOn: boolean) => void;
  readonly erase: () => void;
};

/** What one can do with all of it at once: side by side, equally big. */
export function deeds({ known, copy, pause, erase }: Deeds): HTMLElement[] {
  if (!known) return [];
  const { isPaused } = known;
  return [
    deed("Take a copy", "Everything we keep about you, in one file.", button("Download", "choice", copy)),
    deed(
      "Pause",
      isPaused
        ? "Paused: we add nothing, and show nothing personal."
        : "We add nothing and show nothing personal, until you go on.",
      button(isPaused ? "Go on" : "Pause", "choice", () => pause(!isPaused)),
    ),
    deed("Erase", "Everything on this page, for good.", button("Erase everything", "choice", erase)),
  ];
}

const deed = (title: string, text: string, control: HTMLElement): HTMLElement =>
  h("div", { class: "deed" }, h("h2", {}, title), h("p", {}, text), control);
