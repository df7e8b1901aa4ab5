import { button, h } from "../element.ts";
import { slotElement } from "../slot.ts";
import { inMe, onMe, whenReady } from "./me-element.ts";
import { isAccount, isHome, type Scene, type Step } from "./step.ts";

const SWITCH = '[data-row="purpose:personalization"] input';

/** Fifth stop: a no counts from the request that carries it. */
export const withdraw: Step = {
  title: "Consent, withdrawn",
  text: "On the account page every purpose has a switch of its own. Switch off “Personal choice of products” and see what changes at once.",
  at: "/demo/account.html",
  go: "Open the account",
  isHere: (place) => isAccount(place) || isHome(place),
  async enter(scene) {
    if (isHome(new URL(location.href))) return atHome(scene);
    await whenReady();
    scene.offer(button("Switch it off", "choice", () => switchOff(scene)));
    let isSwitched = false;
    onMe(scene.signal, ({ kind, purpose, granted, isSettled }) => {
      if (kind === "consent" && purpose === "personalization") isSwitched = granted === false;
      if (kind === "shown" && isSettled && isSwitched) told(scene);
    });
  },
};

function switchOff({ happened }: Scene): void {
  const box = inMe(SWITCH) as HTMLInputElement | undefined;
  if (box?.checked) box.click();
  else happened("It is off already: nothing personal is shown in this browser.");
}

function told({ happened, offer }: Scene): void {
  happened(
    "From this very request on the profile is not read, and what only personal choice allowed has left it; the record of your no is kept as proof.",
    {
      label: "Show me the record",
      find: () => inMe(SWITCH)?.closest<HTMLElement>("label"),
    },
  );
  offer(h("a", { class: "choice", href: "/demo/" }, "Look at the home page now"));
}

function atHome(scene: Scene): void {
  scene.offer(h("a", { class: "choice", href: "/demo/account.html" }, "Back to the account"));
  scene.onDecided(({ answer }) => {
    const slot = answer.slots.find(({ id }) => id === "home-for-you");
    const isStill = slot?.status === "personalized";
    scene.happened(
      isStill
        ? "“For you” is still personal here: personal choice is on."
        : `“For you” is ${slot?.status ?? "unanswered"} now: chosen from the page and the catalog, as for anybody. The casserole that Anna's note put there is gone.`,
      { label: "Show me the slot", find: () => slotElement("home-for-you") },
    );
  });
}
