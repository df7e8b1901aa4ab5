import { h } from "../element.ts";
import { slotElement } from "../slot.ts";
import { consoleLink } from "./console-link.ts";
import { isKettlePage, KETTLE_PAGE, type Decided, type Scene, type Step } from "./step.ts";

const SLOT = "product-goes-with";
const EXPERIMENT = "two-or-four";

/** Third stop: two groups see different pages; anybody may look at either without counting. */
export const experiment: Step = {
  title: "An experiment",
  text: "This shop asks whether two complements sell more than four. Chance decides who sees what. You may look at either: with the debug panel open, and without being counted.",
  at: KETTLE_PAGE,
  go: "Open the kettle",
  isHere: isKettlePage,
  enter(scene) {
    scene.offer(
      look("two"),
      look("four"),
      h("a", { class: "choice", href: KETTLE_PAGE }, "As chance has it"),
      h(
        "a",
        { class: "choice", href: consoleLink(scene.site, "/experiments"), target: "_blank", rel: "noopener" },
        "What it earned, in the console",
      ),
    );
    scene.onDecided((decided) => tell(scene, decided));
  },
};

const look = (variation: string): HTMLElement =>
  h(
    "a",
    {
      class: "choice",
      href: `${KETTLE_PAGE}&concierge=debug&concierge_force=${EXPERIMENT}:${variation}`,
    },
    `Look at “${variation}”`,
  );

function tell({ happened }: Scene, { answer }: Decided): void {
  const slot = answer.slots.find(({ id }) => id === SLOT);
  const mine = slot?.assignments.find((one) => one.experiment === EXPERIMENT);
  const count = slot?.items.length ?? 0;
  if (mine?.forced)
    happened(
      `You look at “${mine.variation}” by force: ${count} products here, no token in the answer, so nothing you see or click is counted.`,
      {
        label: "Show me the debug panel",
        find: () => document.querySelector<HTMLElement>(`aside[aria-label="Concierge debug"]`),
      },
    );
  else if (mine)
    happened(
      `Chance put this browser into “${mine.variation}” (${count} products), and it stays there on every visit.`,
      { label: "Show me the slot", find: () => slotElement(SLOT) },
    );
  else
    happened(
      slot?.status === "holdout"
        ? "This browser is held out of everything, so of this experiment too; look at a variation by force."
        : "Without a yes to personalization and measuring nobody is in an experiment; look at a variation by force.",
    );
}
