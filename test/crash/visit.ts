import { browse, buy, refund, told, type RawEvent } from "./acts.ts";
import type { Dice } from "./dice.ts";
import { identityToken } from "./identity.ts";
import type { Answered, Letter, Mail } from "./mail.ts";
import { nextId, openTab, otherGrants, STALE_GRANTS, type Person, type Shown } from "./person.ts";
import { SLOTS, type Shop } from "./shop.ts";
import type { Witness } from "./witness.ts";

/** Letters kept to be sent again although they were acknowledged, now or after some restarts. */
const KEPT_MAX = 400;
/** A customer can only be so many browsers. */
const LOSSES_MAX = 3;

/** What people do in the crash shop, one act at a time. */
export class Visits {
  readonly #shop: Shop;
  readonly #mail: Mail;
  readonly #witness: Witness;
  readonly #throws: Dice;
  readonly #kept: Letter[] = [];

  constructor(shop: Shop, mail: Mail, witness: Witness, throws: Dice) {
    this.#shop = shop;
    this.#mail = mail;
    this.#witness = witness;
    this.#throws = throws;
  }

  /** One act of one person. */
  async visit(person: Person): Promise<void> {
    const throws = this.#throws;
    if (person.erasure === "none" && throws.hits(0.02) && person.tabs.length < 6)
      openTab(person, throws, this.#witness);
    const tab = throws.one(person.tabs);
    const kind = throws.share();
    if (kind < 0.08) return this.#decide(person);
    if (kind < 0.16) {
      const shown = person.shown.shift();
      if (shown) return this.#report(person, shown);
    }
    if (kind < 0.22) return this.#buy(person);
    if (kind < 0.25) {
      const untold = person.untold.shift();
      if (untold) return this.#tellAsServer(person, [told(person.server, untold)]);
    }
    if (kind < 0.265) {
      const purchase = person.purchases.length > 0 ? throws.one(person.purchases) : undefined;
      if (purchase) return this.#tellAsServer(person, [refund(person.server, purchase, throws)]);
    }
    if (kind < 0.3 && person.n % 4 === 0) return this.#reconsider(person);
    if (kind < 0.32 && person.customerId !== undefined && !person.isIdentified) return this.#identify(person);
    await this.#tellAsPage(person, browse(person, tab, this.#shop.items, throws));
  }

  /** One letter in twelve is sent once more although it was answered, some of them long after. */
  async sendAgain(): Promise<void> {
    if (this.#kept.length === 0 || !this.#throws.hits(0.085)) return;
    const letter = this.#throws.one(this.#kept);
    this.#witness.resent += letter.ids.length;
    await this.#mail.deliver(letter);
  }

  /** Erases a customer and the browsers that were theirs, or a visitor whom nobody knows. */
  async erase(people: readonly Person[]): Promise<void> {
    for (const person of people) person.erasure = "asked";
    const { customerId } = people[0]!;
    const { serverKey } = this.#shop.keys;
    const paths = [
      ...(customerId === undefined ? [] : [`/v1/customers/${customerId}`]),
      ...people
        .flatMap((person) => [...person.formerIds, person.visitorId])
        .map((id) => `/v1/visitors/${id}`),
    ];
    for (const path of paths) if (!(await this.#mail.request("DELETE", path, serverKey))) return;
    for (const person of people) person.erasure = "done";
  }

  /** The shop's till hands in a file of what some of its visitors did there. */
  async importFile(people: readonly Person[]): Promise<void> {
    const rows = people.flatMap((person) =>
      Array.from({ length: this.#throws.between(1, 4) }, () => ({
        id: nextId(person.server),
        visitorId: person.visitorId,
        type: "product_viewed",
        at: Date.now(),
        item: this.#throws.one(this.#shop.items),
      })),
    );
    const options = encodeURIComponent(JSON.stringify({ dateFormat: "epoch-ms", commit: true }));
    const file = rows.map((row) => JSON.stringify(row)).join("\n");
    const ids = rows.map((row) => row.id);
    await this.#mail.handIn(`/v1/import/events?options=${options}`, file, this.#shop.keys.serverKey, ids);
  }

  async #tellAsPage(person: Person, events: readonly RawEvent[]): Promise<Answered | undefined> {
    const text = JSON.stringify({ ...this.#head(person), events });
    const answer = await this.#send({
      person,
      path: "/v1/events",
      text,
      ids: events.map((event) => event.id),
    });
    adopt(person, answer);
    if (answer) person.hasVisited = true;
    return answer;
  }

  /** What a browser sends with every call: its key, whose it is, and what was consented to. */
  #head(person: Person): Readonly<Record<string, unknown>> {
    const { customerId, visitorId, registeredAt, isIdentified, hasWithdrawn } = person;
    const { keys, identityKey } = this.#shop;
    const isStale = hasWithdrawn && this.#throws.hits(0.1);
    const isKnown = isIdentified && customerId !== undefined && !this.#losesCookies(person);
    return {
      key: keys.writeKey,
      visitorId,
      consent: isStale ? STALE_GRANTS : person.grants,
      ...(isKnown ? { identity: identityToken(identityKey, keys.siteId, customerId, registeredAt) } : {}),
    };
  }

  /** A page that shows no token, and whose cookies are gone, is nobody's any more, whatever it calls itself. */
  #losesCookies(person: Person): boolean {
    if (person.losses >= LOSSES_MAX || !this.#throws.hits(0.02)) return false;
    person.losses++;
    return true;
  }

  async #tellAsServer(person: Person, events: readonly RawEvent[]): Promise<void> {
    const { customerId, visitorId } = person;
    const text = JSON.stringify({ ...(customerId === undefined ? { visitorId } : { customerId }), events });
    const ids = events.map((event) => event.id);
    await this.#send({ person, path: "/v1/events", text, key: this.#shop.keys.serverKey, ids });
  }

  async #send(letter: Letter): Promise<Answered | undefined> {
    const isKept = letter.person.erasure === "none" && this.#throws.hits(0.3);
    const answer = await this.#mail.deliver(letter);
    if (answer && isKept) {
      if (this.#kept.length < KEPT_MAX) this.#kept.push(letter);
      else this.#kept[this.#throws.between(0, KEPT_MAX - 1)] = letter;
    }
    return answer;
  }

  async #decide(person: Person): Promise<void> {
    const text = JSON.stringify({
      ...this.#head(person),
      page: { type: "product", item: this.#throws.one(this.#shop.items) },
      slots: SLOTS.map((id) => ({ id })),
    });
    const answer = await this.#mail.deliver({ person, path: "/v1/decide", text, ids: [] });
    adopt(person, answer);
    const slots = (answer?.["slots"] ?? []) as { token?: string; items: { id: string }[] }[];
    for (const { token, items } of slots)
      if (token !== undefined) person.shown.push({ token, items: items.map((item) => item.id) });
  }

  /** A slot came into view, and one in three is clicked. */
  async #report(person: Person, { token, items }: Shown): Promise<void> {
    const tab = this.#throws.one(person.tabs);
    const events: RawEvent[] = [{ id: nextId(tab), type: "slot_seen", at: Date.now(), token, items }];
    if (items.length > 0 && this.#throws.hits(0.33))
      events.push({ id: nextId(tab), type: "slot_clicked", at: Date.now(), token, item: items[0]! });
    await this.#tellAsPage(person, events);
  }

  /** Bought: told by the page, by the shop's server at once or later, or by both. */
  async #buy(person: Person): Promise<void> {
    const throws = this.#throws;
    const purchase = buy(person, this.#shop.items, throws);
    person.purchases.push(purchase);
    const by = throws.share();
    if (by > 0.35) person.untold.push(purchase);
    if (by < 0.75) await this.#tellAsPage(person, [told(throws.one(person.tabs), purchase)]);
  }

  /** Consent withdrawn in part or whole, or given again. */
  async #reconsider(person: Person): Promise<void> {
    const next = otherGrants(this.#throws);
    if (!next.analytics || !next.personalization) person.hasWithdrawn = true;
    person.grants = next;
    await this.#tellAsPage(person, [
      { id: nextId(person.tabs[0]!), type: "consent_updated", at: Date.now(), consent: next },
    ]);
  }

  /** The visitor turns out to be a known customer: by a token the shop's server signed, or by its own word. */
  async #identify(person: Person): Promise<void> {
    const { customerId, visitorId } = person;
    const { serverKey } = this.#shop.keys;
    if (this.#throws.hits(0.3)) {
      const events = [{ id: nextId(person.server), type: "custom", at: Date.now(), name: "registered" }];
      const text = JSON.stringify({ customerId, visitorId, consent: person.grants, events });
      await this.#send({ person, path: "/v1/events", text, key: serverKey, ids: [events[0]!.id] });
      person.isIdentified = true;
      return;
    }
    person.isIdentified = true;
    await this.#tellAsPage(
      person,
      browse(person, this.#throws.one(person.tabs), this.#shop.items, this.#throws),
    );
  }
}

/** A browser keeps the visitor id that it is handed. */
function adopt(person: Person, answer: Answered | undefined): void {
  const handedOut = answer?.["visitorId"];
  if (typeof handedOut !== "string" || handedOut === person.visitorId) return;
  person.formerIds.push(person.visitorId);
  person.visitorId = handedOut;
}
