import { choose, decidedChoice } from "../consent-choice.ts";
import { button, h } from "../element.ts";
import { demoCustomer, isSignedIn, agreeAs, signIn } from "../sign-in.ts";
import { slotElement } from "../slot.ts";
import { noteInStore } from "./associate.ts";
import { isHome, type Decided, type Scene, type Step } from "./step.ts";

const SLOT = "home-for-you";
/** What the rule `in-store-casserole` of the demo's config puts first. */
const PINNED = "pot-manor-ink";
const NOTED = "noted";

/** Fourth stop: what somebody says in a store changes what they see at home. */
export const note: Step = {
  title: "A note from the store",
  text: "Robin has an account, and talks to Anna in the shop. Robin agrees that staff may note things; Anna notes what Robin looks for; and a rule of the marketer's asks for exactly that.",
  at: "/demo/",
  go: "Open the home page",
  isHere: isHome,
  enter(scene) {
    next(scene);
    scene.onDecided((decided) => {
      if (scene.memo() === NOTED) tell(scene, decided);
    });
  },
};

function next(scene: Scene): void {
  if (scene.memo() === NOTED && isSignedIn())
    scene.offer(
      h("a", { class: "choice", href: "/demo/account.html" }, "See the note's fact in the account"),
    );
  else if (isSignedIn()) scene.offer(button("Be Anna: write the note", "choice", () => void write(scene)));
  else scene.offer(button("Be Robin: sign in and agree", "choice", () => void become(scene)));
}

async function become(scene: Scene): Promise<void> {
  const { site, happened } = scene;
  const robin = await demoCustomer(site);
  if (!robin) return happened("This server has no customer to sign in as; start it with npm start.");
  const agreed = { personalization: true, analytics: true, clienteling: true };
  choose({ ...decidedChoice(), ...agreed });
  const fault = (await signIn(site, robin)) ?? (await agreeAs(site, agreed));
  if (fault !== undefined) return happened(fault);
  happened(
    "You are Robin now, and have agreed to advice in the shop: until this yes, a note would have been refused.",
  );
  next(scene);
}

async function write(scene: Scene): Promise<void> {
  try {
    await noteInStore(scene.site);
  } catch (error) {
    return scene.happened((error as Error).message);
  }
  scene.keep(NOTED);
  scene.happened(
    "Anna's note is kept: a sentence that only people read, and one fact, “looking for: casserole”. Now comes Robin's next visit.",
  );
  scene.offer(h("a", { class: "choice", href: "/demo/" }, "Robin's next visit"));
}

function tell({ happened }: Scene, { answer }: Decided): void {
  const slot = answer.slots.find(({ id }) => id === SLOT);
  const [first] = slot?.items ?? [];
  const look = { label: "Show me the slot", find: () => slotElement(SLOT) };
  if (first?.id === PINNED)
    happened(
      `“For you” now begins with ${first.title}: the rule “in-store-casserole” read the fact that Anna noted.`,
      look,
    );
  else if (slot?.status === "holdout")
    happened(
      "Robin is among the 5 % who are held out on this server, so the shop's own choice stands.",
      look,
    );
  else
    happened(
      "The note is kept, but no rule answers to it: this demo's config has lost “in-store-casserole”.",
      look,
    );
}
