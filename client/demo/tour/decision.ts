import { consentChoice, decidedChoice, choose } from "../consent-choice.ts";
import { button } from "../element.ts";
import { slotElement } from "../slot.ts";
import { isKettlePage, KETTLE_PAGE, type Decided, type Scene, type Step } from "./step.ts";

const SLOT = "product-goes-with";

/** First stop: what is shown is decided now, for this visit, and says why. */
export const decision: Step = {
  title: "A decision, with its reasons",
  text: "Every product page asks Concierge once what to show below. Say yes to personalization, as a visitor would, and it may also use what this browser did.",
  at: KETTLE_PAGE,
  go: "Open the kettle",
  isHere: isKettlePage,
  enter(scene) {
    offer(scene);
    document.addEventListener("shop:consent", () => offer(scene), { signal: scene.signal });
    scene.onDecided((decided) => tell(scene, decided));
  },
};

function offer({ offer: put }: Scene): void {
  if (consentChoice()?.personalization === true) put();
  else
    put(
      button("Say yes to personalization", "choice", () =>
        choose({ ...decidedChoice(), personalization: true, analytics: true }),
      ),
    );
}

function tell({ happened }: Scene, { answer, tookMs }: Decided): void {
  const slot = answer.slots.find(({ id }) => id === SLOT);
  const [first] = slot?.items ?? [];
  const look = {
    label: "Show me the reason",
    find: () => slotElement(SLOT)?.querySelector<HTMLElement>("[data-concierge-why] summary"),
    then: (summary: HTMLElement) => summary.parentElement?.setAttribute("open", ""),
  };
  const inMs = `in ${Math.max(1, Math.round(tookMs))} ms`;
  if (slot?.status === "holdout")
    happened(
      "Chance put this browser among the 5 % who are never personalized, so that the effect can be told in money; “Forget this browser” on the account page draws anew.",
      { label: "Show me the slot", find: () => slotElement(SLOT) },
    );
  else if (!first) happened(`Answered ${inMs}: nothing better than the shop's own choice, so that stands.`);
  else if (slot?.status === "personalized")
    happened(
      `Decided ${inMs} from the page and your visit: ${slot.items.length} products, the first because: “${first.why.text}”`,
      look,
    );
  else
    happened(
      `Decided ${inMs} from the page alone, without knowing anybody: “${first.why.text}” Say yes and it may use your visit too.`,
      look,
    );
}
