import { itemOf } from "../catalog.ts";
import { button, h } from "../element.ts";
import { concierge } from "../embed.ts";
import { PIN_TEAPOT, withoutRule, withRule } from "../pages/quick-rules.ts";
import { readConfig, writeConfig } from "../pages/site-config.ts";
import type { Site } from "../site.ts";
import { slotElement } from "../slot.ts";
import { consoleLink } from "./console-link.ts";
import { isKettlePage, KETTLE_PAGE, type Decided, type Scene, type Step } from "./step.ts";

const SLOT = "product-goes-with";
/** How often it is looked whether somebody published, and whether it is live, in milliseconds. */
const LOOK_EVERY_MS = 1_000;

/** Second stop: a marketer's rule takes effect on a page that is open elsewhere. */
export const rule: Step = {
  title: "A rule, changed in a second window",
  text: "Open the marketer's config in a second window, publish a rule there (“Pin the teapot first” is one click), and watch this page: it asks again as soon as the new revision is out.",
  at: KETTLE_PAGE,
  go: "Open the kettle",
  isHere: isKettlePage,
  async enter(scene) {
    const { site, offer, signal } = scene;
    offer(
      newWindow("Config in a second window", "/demo/config.html"),
      newWindow("The same in the console", consoleLink(site, "/slots")),
      button("Publish it from here", "choice", () => void publish(scene, true)),
      button("Take it back", "choice", () => void publish(scene, false)),
    );
    const watch = new Watch(scene);
    await watch.look();
    const timer = setInterval(() => void watch.look(), LOOK_EVERY_MS);
    signal.addEventListener("abort", () => clearInterval(timer));
  },
};

const newWindow = (label: string, href: string): HTMLElement =>
  h("a", { class: "choice", href, target: "_blank", rel: "noopener" }, label);

async function revisionOf(site: Site): Promise<number | undefined> {
  const read = await readConfig(site);
  return "refusal" in read ? undefined : Number(read.etag.replaceAll(/\D/g, ""));
}

/** Waits for a new revision, then for the first answer that was decided by it. */
class Watch {
  readonly #scene: Scene;
  #revision: number | undefined;
  /** Whether something was published that no answer here was decided by yet. */
  #isAwaited = false;

  constructor(scene: Scene) {
    this.#scene = scene;
    scene.onDecided((decided) => this.#hear(decided));
  }

  async look(): Promise<void> {
    const revision = await revisionOf(this.#scene.site);
    if (this.#scene.signal.aborted || revision === undefined) return;
    if (this.#revision !== undefined && revision !== this.#revision) this.#isAwaited = true;
    this.#revision = revision;
    if (this.#isAwaited) concierge("decide");
  }

  #hear({ answer }: Decided): void {
    if (!this.#isAwaited || answer.configRevision !== this.#revision) return;
    this.#isAwaited = false;
    const [first] = answer.slots.find(({ id }) => id === SLOT)?.items ?? [];
    this.#scene.happened(
      `Revision ${answer.configRevision} is live on this open page, without a reload: ` +
        (first
          ? `first is now ${first.title}: “${first.why.text}”`
          : "the slot shows the shop's own choice."),
      { label: "Show me the slot", find: () => slotElement(SLOT) },
    );
  }
}

async function publish({ site, happened }: Scene, isOn: boolean): Promise<void> {
  const read = await readConfig(site);
  if ("refusal" in read) return happened(`The config could not be read: ${read.refusal.detail}`);
  const next = isOn ? withRule(read.document, PIN_TEAPOT) : withoutRule(read.document, PIN_TEAPOT.id);
  const written = await writeConfig(site, next, read.etag);
  if ("refusal" in written) return happened(`Not published: ${written.refusal.detail}`);
  const pinned = itemOf("teapot-moss-clay")?.title ?? "the teapot";
  happened(isOn ? `Published: ${pinned} leads. Waiting for it here …` : "Taken back. Waiting for it here …");
}
