import type { KnownDocument } from "../../src/core/customer/known.ts";
import { askMe, changeMe, type Change, type Office } from "./rights.ts";

/** What the shop has told of whoever sits at this browser, and whether it was asked at all. */
export class MeRecord {
  known: KnownDocument | undefined;
  /** Whether the shop knows this person by an account. */
  isCustomer = false;
  /** Whether the server was asked, and answered. */
  isAsked = false;
  #asking: Promise<string> | undefined;

  get isAsking(): boolean {
    return this.#asking !== undefined;
  }

  /** Asks; who asks meanwhile waits for the same answer. Resolves to what went wrong, empty if nothing did. */
  async ask(office: Office): Promise<string> {
    this.#asking ??= this.#ask(office).finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  async #ask(office: Office): Promise<string> {
    const told = await askMe(office);
    this.isAsked = true;
    this.known = told.ok ? (told.value.known ?? undefined) : undefined;
    this.isCustomer = told.ok && told.value.isCustomer;
    // Whom nobody can show is simply not known.
    return told.ok || told.code === "self_unknown" ? "" : told.sentence;
  }

  /** Changes what is known. Resolves to what went wrong, empty if nothing did. */
  async change(office: Office, change: Change): Promise<string> {
    const told = await changeMe(office, change);
    if (told.ok) this.known = told.value ?? undefined;
    return told.ok ? "" : told.sentence;
  }

  forget(): void {
    this.known = undefined;
    this.isCustomer = false;
    this.isAsked = false;
  }
}
