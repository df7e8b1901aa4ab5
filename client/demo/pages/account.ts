import type { KnownDocument } from "../../../src/core/customer/known.ts";
import { askConsent } from "../consent-banner.ts";
import { decidedChoice, forgetChoice, forgetNames } from "../consent-choice.ts";
import { button, h, the } from "../element.ts";
import { isPrivate, setPrivate } from "../private-visit.ts";
import { askMe, changeMe, eraseMe, exportMe, signIn, signOut, type Change, type Told } from "../rights.ts";
import type { Site } from "../site.ts";
import { demoCustomer, type DemoCustomer } from "./account/demo-customer.ts";
import { deeds } from "./account/deeds.ts";
import { download } from "./account/download.ts";
import { askErase, receiptOf } from "./account/erase.ts";
import { facts } from "./account/facts.ts";
import { answers, comparisons, decisions, orders, sumText } from "./account/history.ts";
import { cart, items, opinions } from "./account/items.ts";
import { purposes } from "./account/purposes.ts";
import { showSent } from "./account/sent.ts";

const PARTS = [facts, orders, items, cart, opinions, answers, decisions, comparisons];

/** The customer's page: what is known, from where and what for; consent, correction, export and erasure. */
export async function accountPage(site: Site | undefined): Promise<void> {
  const page = new AccountPage(site);
  const gpc = (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl;
  the("#gpc").hidden = gpc !== true;
  document.addEventListener("shop:sent", showSent);
  document.addEventListener("shop:consent", () => page.show());
  document.addEventListener("shop:answered", (event) => {
    if (SNIPPET_PATHS.has((event as CustomEvent<string>).detail)) void page.heard();
  });
  showSent();
  await page.load();
}

/** What the snippet sends; the page's own questions change nothing it would not hear of. */
const SNIPPET_PATHS = new Set(["/v1/events", "/v1/decide"]);

const visitorId = (): string | undefined => localStorage.getItem("concierge.visitor") ?? undefined;

class AccountPage {
  readonly #site: Site | undefined;
  #known: KnownDocument | undefined;
  #isCustomer = false;
  #customer: DemoCustomer | undefined;
  /** Whether the server was asked, and said that it knows nobody here. */
  #isAsked = false;

  constructor(site: Site | undefined) {
    this.#site = site;
  }

  /** Asks only where there is something that could be known: a browser nobody knows stays unheard of. */
  async load(): Promise<void> {
    if (this.#site) this.#customer = await demoCustomer(this.#site);
    if (visitorId() !== undefined || this.#wasSignedIn()) await this.#ask();
    this.show();
  }

  /** The snippet has told something: what is known may have changed, unless somebody is just correcting it. */
  async heard(): Promise<void> {
    if (visitorId() !== undefined && !document.querySelector(".correct, dialog[open]")) await this.#ask();
    this.show();
  }

  async #ask(): Promise<void> {
    if (!this.#site) return;
    const told = await askMe(this.#site);
    this.#isAsked = true;
    this.#known = told.ok ? (told.value.known ?? undefined) : undefined;
    this.#isCustomer = told.ok && told.value.isCustomer;
    if (!told.ok && told.code !== "self_unknown") say(told.sentence);
  }

  show(): void {
    const known = this.#known;
    const keptRow = document.activeElement?.closest<HTMLElement>("[data-row]")?.dataset["row"];
    const change = known && ((what: Change) => void this.#change(what));
    the("#lead").textContent = known ? sumText(known) : this.#nothingText();
    the("#deeds").replaceChildren(
      ...deeds({
        known,
        isPrivate: isPrivate(),
        copy: () => void this.#copy(),
        pause: (isOn) => void this.#change({ pause: isOn }),
        keepPrivate: setPrivate,
        erase: () => askErase(() => void this.#erase()),
      }),
    );
    const parts = known && change ? PARTS.flatMap((part) => part(known, change) ?? []) : [];
    the("#known").replaceChildren(
      h("h2", {}, "What is known"),
      ...(parts.length > 0 ? parts : [h("p", { class: "empty" }, this.#emptyText())]),
      ...(known || !this.#site || !decidedChoice()
        ? []
        : [button("Ask the shop all the same", "choice", () => void this.#askAloud())]),
    );
    the("#purposes").replaceChildren(...purposes(known, change));
    the("#decided").textContent =
      decidedChoice() || known ? "" : "You have not decided yet: until you do, nothing is stored.";
    the("#person").textContent = this.#isCustomer
      ? "You are signed in: what you do in this browser belongs to your account."
      : "You are not signed in. The id of this browser, which means nothing anywhere else:";
    the("#visitor").textContent = visitorId() ?? "none: this browser carries no id";
    the("#visitor").hidden = this.#isCustomer;
    the("#browser-deeds").replaceChildren(...this.#browserDeeds());
    if (keptRow !== undefined)
      document
        .querySelector<HTMLElement>(`[data-row="${CSS.escape(keptRow)}"] :is(input, button, summary)`)
        ?.focus();
  }

  #nothingText(): string {
    if (!this.#site) return "These pages run without an API now, so nothing is known about anybody.";
    if (decidedChoice() && visitorId() !== undefined && this.#isAsked)
      return "We keep something under this browser's number, but the browser cannot show that the number is its own. Forget it below, and begin anew.";
    return "As far as this browser shows, we know nothing about you.";
  }

  #emptyText(): string {
    return this.#known
      ? "Nothing but your choices on this page."
      : "Here stands what we keep about you, each with where it comes from, as soon as you let us keep anything.";
  }

  #browserDeeds(): HTMLElement[] {
    const customer = this.#customer;
    return [
      ...(customer && !this.#isCustomer
        ? [button(`Sign in as ${customer.name}`, "choice", () => void this.#signIn())]
        : []),
      button(
        this.#isCustomer ? "Sign out and forget this browser" : "Forget this browser",
        "choice",
        () => void this.#forget(),
      ),
    ];
  }

  async #askAloud(): Promise<void> {
    await this.#ask();
    this.show();
    if (!this.#known) say("We looked: nothing is kept that belongs to this browser.");
  }

  async #change(change: Change): Promise<void> {
    if (!this.#site) return;
    const told = await changeMe(this.#site, change);
    if (told.ok) this.#known = told.value ?? undefined;
    say(told.ok ? "" : told.sentence);
    this.show();
  }

  async #copy(): Promise<void> {
    const told = this.#site && (await exportMe(this.#site));
    if (done(told)) download("my-data.json", told.value);
  }

  async #erase(): Promise<void> {
    const told = this.#site && (await eraseMe(this.#site));
    if (!done(told)) return;
    this.#leave();
    forgetNames("shop.");
    document.dispatchEvent(new Event("shop:cart"));
    the("#receipt").replaceChildren(receiptOf(told.value));
    the("#receipt-title").focus();
  }

  async #signIn(): Promise<void> {
    // The token of a moment ago: the one from when the page was opened may have run out.
    const customer = this.#site && (await demoCustomer(this.#site));
    if (!this.#site || !customer) return;
    if (!done(await signIn(this.#site, customer.identity, visitorId()))) return;
    sessionStorage.setItem(SIGNED_IN, "1");
    await this.#ask();
    this.show();
  }

  async #forget(): Promise<void> {
    if (!this.#site || done(await signOut(this.#site))) {
      this.#leave();
      askConsent();
    }
  }

  /** This browser is nobody's any more. */
  #leave(): void {
    sessionStorage.removeItem(SIGNED_IN);
    sessionStorage.removeItem("shop.sent");
    this.#known = undefined;
    this.#isCustomer = false;
    forgetChoice();
    this.show();
    showSent();
  }

  #wasSignedIn(): boolean {
    return sessionStorage.getItem(SIGNED_IN) !== null;
  }
}

const SIGNED_IN = "shop.signed-in";

/** Says a sentence above everything, and where it is not good news why. */
function say(sentence: string): void {
  the("#outcome").textContent = sentence;
}

function done<T>(told: Told<T> | undefined): told is Extract<Told<T>, { ok: true }> {
  say(told === undefined ? "We cannot be reached right now." : told.ok ? "" : told.sentence);
  return told?.ok === true;
}
