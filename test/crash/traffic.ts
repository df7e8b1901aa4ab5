import type { Dice } from "./dice.ts";
import type { Mail } from "./mail.ts";
import { newPerson, type Person } from "./person.ts";
import { Visits } from "./visit.ts";
import type { Shop } from "./shop.ts";
import type { Witness } from "./witness.ts";

/** Pause between two visits of one hot person: so fast nobody clicks, and still no object is idle. */
const HOT_PAUSE_MS = 120;
/** Share of visits after which somebody is erased. */
const ERASE_SHARE = 0.006;
/** Share of visits after which a file is handed in, and of how many people it tells at most. */
const IMPORT_SHARE = 0.004;
const IMPORTED_MAX = 30;

/** Everybody who visits the crash shop, and when, until told to stop. */
export class Traffic {
  readonly people: Person[] = [];
  readonly #visits: Visits;
  readonly #mail: Mail;
  readonly #witness: Witness;
  readonly #throws: Dice;
  readonly #peopleMax: number;
  readonly #busy = new Set<Person>();
  readonly #replaced = new Set<Person>();
  readonly #hotAt = new Map<Person, number>();

  constructor(shop: Shop, mail: Mail, witness: Witness, throws: Dice, peopleMax: number) {
    this.#visits = new Visits(shop, mail, witness, throws);
    this.#mail = mail;
    this.#witness = witness;
    this.#throws = throws;
    this.#peopleMax = peopleMax;
  }

  /** One connection's work. Ends when the mail is over. */
  async write(): Promise<void> {
    while (!this.#mail.isOver) {
      const person = this.#pick();
      if (!person) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        continue;
      }
      if (this.#throws.hits(ERASE_SHARE) && isErasable(person)) await this.#erase(person);
      else if (this.#throws.hits(IMPORT_SHARE))
        await this.#visits.importFile(this.people.filter(isImportable).slice(-IMPORTED_MAX));
      else await this.#visits.visit(person);
      this.#busy.delete(person);
      await this.#visits.sendAgain();
    }
  }

  /** Somebody whom no other connection visits just now; a hot one is visited by several at once. */
  #pick(): Person | undefined {
    const throws = this.#throws;
    if (this.people.length < this.#peopleMax && (this.people.length < 50 || throws.hits(0.04)))
      return this.#welcome();
    for (let tries = 0; tries < 20; tries++) {
      const person = this.people[Math.floor(throws.share() ** 1.5 * this.people.length)]!;
      // Who was erased is heard of now and then: their browser has not been told. Who came back uses another.
      if (this.#replaced.has(person) || (person.erasure === "done" && !throws.hits(0.2))) continue;
      if (person.isHot) {
        const now = Date.now();
        if (now - (this.#hotAt.get(person) ?? 0) < HOT_PAUSE_MS) continue;
        this.#hotAt.set(person, now);
        return person;
      }
      if (this.#busy.has(person)) continue;
      this.#busy.add(person);
      return person;
    }
    return undefined;
  }

  #welcome(back?: Person): Person {
    const person = newPerson(this.people.length, this.#throws, this.#witness, back);
    this.people.push(person);
    this.#busy.add(person);
    return person;
  }

  /** Erases somebody with everybody who is the same customer. Of customers every second one registers anew. */
  async #erase(person: Person): Promise<void> {
    const { customerId } = person;
    const returns = customerId !== undefined && this.#throws.hits(0.5);
    const same =
      customerId === undefined ? [person] : this.people.filter((one) => one.customerId === customerId);
    if (returns) for (const one of same) this.#replaced.add(one);
    await this.#visits.erase(same);
    if (returns && person.erasure === "done") this.#busy.delete(this.#welcome(person));
  }
}

/** Not those of whom a second browser is about to be met, nor those who were erased before. */
const isErasable = (person: Person): boolean =>
  person.erasure === "none" && person.n % 5 !== 3 && !person.isHot;

/** Those whose own grants let a file be kept: it states none. */
const isImportable = (person: Person): boolean =>
  person.customerId === undefined &&
  person.hasVisited &&
  person.erasure === "none" &&
  !person.hasWithdrawn &&
  person.grants.analytics &&
  person.grants.personalization;
