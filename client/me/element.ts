import type { Purpose } from "../../src/core/consent/consent.ts";
import { conclusions } from "./conclusions.ts";
import { deeds } from "./deeds.ts";
import { download } from "./download.ts";
import { askErase, receiptOf } from "./erase.ts";
import { facts } from "./facts.ts";
import { button, h } from "./h.ts";
import { answers, comparisons, decisions, orders, sumText } from "./history.ts";
import { cart, items, opinions } from "./items.ts";
import { snippet, tell } from "./news.ts";
import { carriesId, emptyText, nothingText } from "./nothing.ts";
import { frame, type Pieces } from "./pieces.ts";
import { purposes, type Choice } from "./purposes.ts";
import { MeRecord } from "./record.ts";
import { eraseMe, exportMe, type Change, type Office, type Told } from "./rights.ts";
import type { Desk, ItemView } from "./say.ts";
import { sheet } from "./style.ts";
import { labelOf } from "./words.ts";

const PARTS = [facts, orders, items, cart, opinions, answers, conclusions, decisions, comparisons];
/** What a page sets as properties, also before this script is there. */
const PROPERTIES = ["choice", "describeItem", "describeSlot"] as const;
/** Where this script came from has the API too, unless the element names another. */
const HOME = ((tag) => (tag?.src ? new URL(tag.src).origin : ""))(
  document.currentScript as HTMLScriptElement | null,
);

/**
 * `<concierge-me key="pk_…">`: what the shop knows about whoever looks, from where and what for, with their say in it.
 * It asks `POST /v1/me` and its three neighbours only, and nobody at all for a browser that carries no id.
 */
export class ConciergeMe extends HTMLElement {
  readonly #pieces: Pieces;
  readonly #root: ShadowRoot;
  readonly #record = new MeRecord();
  #choice: Choice = {};
  /** What was just switched, as long as the server has not answered. */
  #underway: Choice = {};
  #describeItem: (id: string) => ItemView | undefined = () => undefined;
  #describeSlot: (id: string) => string | undefined = () => undefined;

  constructor() {
    super();
    const { root, pieces } = frame();
    this.#pieces = pieces;
    this.#root = this.attachShadow({ mode: "open" });
    this.#root.adoptedStyleSheets = [sheet()];
    this.#root.append(root);
    for (const name of PROPERTIES) {
      if (!Object.hasOwn(this, name)) continue;
      const set: unknown = this[name];
      delete (this as Partial<ConciergeMe>)[name];
      Object.assign(this, { [name]: set });
    }
  }

  static get observedAttributes(): string[] {
    return ["key", "identity"];
  }

  /** What was decided on this device, for a visitor of whom there is no record yet. */
  get choice(): Choice {
    return this.#choice;
  }
  set choice(choice: Choice) {
    const isNew = JSON.stringify(choice) !== JSON.stringify(this.#choice);
    this.#choice = choice;
    // Said again it changes nothing, and must not take away what somebody is typing.
    if (isNew && this.isConnected) this.#show();
  }

  /** What the shop shows of an item: title, address, picture. Without it there are ids only. */
  get describeItem(): (id: string) => ItemView | undefined {
    return this.#describeItem;
  }
  set describeItem(describe: (id: string) => ItemView | undefined) {
    this.#describeItem = describe;
    if (this.isConnected) this.#show();
  }

  /** A slot as a shopper would call it; `undefined`: its name as words. */
  get describeSlot(): (id: string) => string | undefined {
    return this.#describeSlot;
  }
  set describeSlot(describe: (id: string) => string | undefined) {
    this.#describeSlot = describe;
    if (this.isConnected) this.#show();
  }

  connectedCallback(): void {
    this.#pieces.gpc.hidden = (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl !== true;
    this.#show();
    this.#askIfAnybody();
  }

  attributeChangedCallback(_name: string, before: string | null): void {
    if (this.isConnected && before !== this.getAttribute(_name)) this.#askIfAnybody();
  }

  /** Asks again, unless somebody is just correcting something. */
  async refresh(): Promise<void> {
    const office = this.#office();
    if (!office || this.#root.querySelector(".correct, dialog[open]")) return;
    const answer = this.#record.ask(office);
    if (!this.#record.isAsked) this.#show();
    const fault = await answer;
    if (fault !== "") this.#say(fault);
    this.#show();
  }

  /** Shows nothing any more: this browser speaks for nobody. */
  forget(): void {
    this.#record.forget();
    this.#show();
  }

  #office(): Office | undefined {
    const key = this.getAttribute("key");
    const identity = this.getAttribute("identity");
    if (!key) return undefined;
    return { api: this.getAttribute("api") ?? HOME, key, ...(identity ? { identity } : {}) };
  }

  #askIfAnybody(): void {
    if (carriesId() || this.hasAttribute("identity")) void this.refresh();
  }

  #desk(): Desk {
    return {
      change: (change) => void this.#change(change),
      item: (id) => this.#describeItem(id),
      place: (slot) => this.#describeSlot(slot) ?? labelOf(slot),
    };
  }

  #show(): void {
    const { known, isAsking, isCustomer } = this.#record;
    const { lead, deeds: deedsPiece, known: knownPiece, decided, purposes: purposesPiece } = this.#pieces;
    const keptRow = this.#root.activeElement?.closest<HTMLElement>("[data-row]")?.dataset["row"];
    const desk = this.#desk();
    lead.textContent = known ? sumText(known) : nothingText(this.#record, this.#office() !== undefined);
    knownPiece.setAttribute("aria-busy", String(isAsking));
    deedsPiece.replaceChildren(
      ...deeds({
        known,
        copy: () => void this.#copy(),
        pause: (isOn) => void this.#change({ pause: isOn }),
        erase: () => askErase(this.#root, () => void this.#erase()),
      }),
    );
    const parts = known ? PARTS.flatMap((part) => part(known, desk) ?? []) : [];
    const hasDecided = Object.keys(this.#choice).length > 0;
    knownPiece.replaceChildren(
      h("h2", {}, "What is known"),
      ...(parts.length > 0 ? parts : [h("p", { class: "empty" }, emptyText(this.#record))]),
      ...(known || !this.#office() || !hasDecided
        ? []
        : [button("Ask the shop all the same", "choice", () => void this.#askAloud())]),
    );
    purposesPiece.replaceChildren(
      ...purposes(known, this.#choice, this.#underway, (...said) => this.#decide(...said)),
    );
    decided.textContent =
      hasDecided || known ? "" : "You have not decided yet: until you do, nothing is stored.";
    if (keptRow !== undefined)
      this.#root
        .querySelector<HTMLElement>(`[data-row="${CSS.escape(keptRow)}"] :is(input, button, summary)`)
        ?.focus();
    tell(this, {
      kind: "shown",
      isKnown: known !== undefined,
      isCustomer,
      isSettled: Object.keys(this.#underway).length === 0,
    });
  }

  async #askAloud(): Promise<void> {
    await this.refresh();
    if (!this.#record.known) this.#say("We looked: nothing is kept that belongs to this browser.");
  }

  #decide(purpose: Purpose, granted: boolean): void {
    if (this.#record.known) this.#underway = { ...this.#underway, [purpose]: granted };
    this.#choice = { ...this.#choice, [purpose]: granted };
    if (tell(this, { kind: "consent", purpose, granted })) snippet("consent", { [purpose]: granted });
    if (!this.#record.known) return this.#show();
    void this.#change({ consent: { [purpose]: granted } });
  }

  async #change(change: Change): Promise<void> {
    const office = this.#office();
    if (!office) return;
    const fault = await this.#record.change(office, change);
    if ("consent" in change) this.#underway = {};
    this.#say(fault);
    this.#show();
  }

  async #copy(): Promise<void> {
    const office = this.#office();
    const told = office && (await exportMe(office));
    if (this.#isDone(told)) download("my-data.json", told.value);
  }

  async #erase(): Promise<void> {
    const office = this.#office();
    const told = office && (await eraseMe(office));
    if (!this.#isDone(told)) return;
    this.#choice = {};
    this.forget();
    if (tell(this, { kind: "erased", receipt: told.value.receipt })) snippet("reset");
    this.#pieces.receipt.replaceChildren(receiptOf(told.value));
    this.#root.querySelector<HTMLElement>("#receipt-title")?.focus();
  }

  /** Says a sentence above everything where it is not good news why. */
  #say(sentence: string): void {
    this.#pieces.outcome.textContent = sentence;
  }

  #isDone<T>(told: Told<T> | undefined): told is Extract<Told<T>, { ok: true }> {
    this.#say(told === undefined ? "We cannot be reached right now." : told.ok ? "" : told.sentence);
    return told?.ok === true;
  }
}
