import type { ResolvedEvent } from "../../src/core/event/resolved.ts";
import type { Numbers } from "./customers.ts";

/**
 * What a shop's customers and its numbers must be, counted again from the list of what was accepted. Written without the
 * code under test: plain lists, everything worked out from the beginning each time it is asked for.
 */

const DAY = 86_400_000;
const LEARN = 1;
const REMEMBER = 2;
const UNDO_DAYS = 30;

export type Purpose = "analytics" | "personalization" | "marketing";
type Word = {
  readonly purpose: Purpose;
  readonly granted: boolean;
  readonly at: number;
  readonly expiresAt: number;
};
/** An event as it lies in a log; `via` is the visitor who brought it. */
type Kept = {
  readonly event: ResolvedEvent;
  readonly source: string;
  readonly isTrusted: boolean;
  may: number;
  readonly via?: string;
};

type Soul = {
  /** Absent: nothing is stored. */
  log?: Kept[] | undefined;
  ids: Map<string, number>;
  words: Word[];
  isPaused: boolean;
  mark?: { readonly into: string; readonly at: number } | undefined;
  /** Visitors and what they said of consent when they were last heard. */
  joined: Map<string, readonly Word[]>;
  erasedAt?: number | undefined;
  isBack: boolean;
  notBefore: number;
};

export type Telling = {
  readonly events: readonly ResolvedEvent[];
  readonly consent: Readonly<Partial<Record<Purpose, boolean>>>;
  readonly source: string;
  readonly isTrusted: boolean;
  readonly registeredAt?: number | undefined;
};

const newSoul = (): Soul => ({
  ids: new Map(),
  words: [],
  isPaused: false,
  joined: new Map(),
  isBack: false,
  notBefore: 0,
});

const isOrder = (event: ResolvedEvent) => event.type.startsWith("order_");
const STREAM = /^[0-9a-z]{12}-\d+$/;

export class Recount {
  readonly souls = new Map<string, Soul>();
  /** What was ever added to the numbers, and by whom. */
  #reports: { readonly by: string; readonly number: string }[] = [];
  /** How objects are ordered among equals. */
  readonly #idOf: (name: string) => string;
  readonly #grantDays: number;

  constructor(idOf: (name: string) => string, grantDays: number) {
    this.#idOf = idOf;
    this.#grantDays = grantDays;
  }

  soul(name: string): Soul {
    let soul = this.souls.get(name);
    if (!soul) this.souls.set(name, (soul = newSoul()));
    return soul;
  }

  // ——— consent ———

  #word(soul: Soul, purpose: Purpose): Word | undefined {
    const all = [...soul.words, ...[...soul.joined.values()].flat()].filter(
      (word) => word.purpose === purpose,
    );
    return all.sort((a, b) => a.at - b.at || Number(b.granted) - Number(a.granted)).at(-1);
  }

  #permits(soul: Soul, purpose: Purpose, now: number): boolean {
    const word = this.#word(soul, purpose);
    return word !== undefined && word.granted && now < word.expiresAt;
  }

  #may(soul: Soul, now: number): number {
    return (
      (this.#permits(soul, "analytics", now) ? LEARN : 0) |
      (this.#permits(soul, "personalization", now) ? REMEMBER : 0)
    );
  }

  #record(soul: Soul, purpose: Purpose, granted: boolean, at: number): void {
    soul.words.push({ purpose, granted, at, expiresAt: at + this.#grantDays * DAY });
  }

  /** Does something that may end grants; if it did, only what is still allowed is left of the log. */
  #mayEnd(soul: Soul, now: number, change: () => void): boolean {
    const purposes = ["analytics", "personalization", "marketing"] as const;
    const before = purposes.filter((purpose) => this.#permits(soul, purpose, now));
    change();
    const hasEnded = before.some((purpose) => !this.#permits(soul, purpose, now));
    if (hasEnded) soul.log = this.#left(soul.log ?? [], this.#may(soul, now));
    return hasEnded;
  }

  #left(log: readonly Kept[], may: number): Kept[] {
    return log
      .map((kept) => ({ ...kept, may: kept.may & may }))
      .filter(
        (kept) =>
          kept.may > 0 || kept.event.type === "consent_updated" || (kept.isTrusted && isOrder(kept.event)),
      );
  }

  // ——— what happens ———

  /** The answer to each event. */
  tell(name: string, telling: Telling, now: number): string[] {
    if (this.soul(name).erasedAt !== undefined && !this.soul(name).log && !this.soul(name).isBack) {
      const at = this.soul(name).erasedAt!;
      if ((telling.registeredAt ?? 0) <= at) return telling.events.map(() => "erased");
      this.souls.set(name, { ...newSoul(), erasedAt: at, isBack: true, notBefore: at });
    }
    const soul = this.soul(name);
    const isNew = soul.log === undefined;
    const wordsBefore = soul.words.length;
    const answers: string[] = [];
    let log: Kept[] = [];
    let conflicts = 0;
    const hasEnded = this.#mayEnd(soul, now, () => {
      for (const [purpose, granted] of Object.entries(telling.consent) as [Purpose, boolean][]) {
        const word = this.#word(soul, purpose);
        const isOpen = word === undefined || (word.granted && word.expiresAt <= now);
        if (granted ? isOpen && !soul.mark : word === undefined || word.granted)
          this.#record(soul, purpose, granted, now);
      }
      for (const event of telling.events) {
        const answer = this.#answer(soul, event, telling, now);
        answers.push(answer);
        if (answer === "event_conflict") conflicts++;
        if (answer !== "accepted") continue;
        soul.ids.set(event.id, event.digest);
        log.push({ event, source: telling.source, isTrusted: telling.isTrusted, may: this.#may(soul, now) });
      }
    });
    const isKept = log.length > 0 || conflicts > 0 || soul.words.length > wordsBefore;
    if (isNew && !isKept) return answers;
    soul.log ??= [];
    if (hasEnded) log = this.#left(log, this.#may(soul, now));
    soul.log.push(...log);
    for (const { event, may, isTrusted } of log) {
      if (event.type === "traits_updated" && isTrusted)
        for (const trait of Object.keys(event.traits))
          this.#reports.push({ by: name, number: `quality/traits/${trait}/count` });
      if ((may & LEARN) === 0) continue;
      const day = Math.floor(event.at / DAY);
      this.#reports.push({ by: name, number: `daily/${day}/${event.type}/events` });
      if (event.type === "slot_seen")
        this.#reports.push({ by: name, number: `slot/${event.claim.slot}/${day}/seen` });
    }
    for (let i = 0; i < conflicts; i++) this.#reports.push({ by: name, number: "quality/events//conflicts" });
    if (soul.mark && isKept) this.#handOver(name, log, now);
    return answers;
  }

  #answer(soul: Soul, event: ResolvedEvent, { isTrusted }: Telling, now: number): string {
    const known = soul.ids.get(event.id);
    if (known !== undefined) {
      const isGone = STREAM.test(event.id) && !soul.log?.some((kept) => kept.event.id === event.id);
      return isGone || known === event.digest ? "duplicate" : "event_conflict";
    }
    if (event.at < soul.notBefore) return "erased";
    const isConsent = event.type === "consent_updated";
    if (soul.mark && event.at > soul.mark.at && !isConsent) return "visitor_joined";
    if (!isConsent && !(isTrusted && isOrder(event))) {
      if (soul.isPaused) return "paused";
      if (this.#may(soul, now) === 0) return "consent_missing";
    }
    if (isConsent) {
      const said = Object.entries(event.consent) as [Purpose, boolean][];
      if (soul.mark && said.some(([, granted]) => granted)) return "visitor_joined";
      for (const [purpose, granted] of said) {
        const word = this.#word(soul, purpose);
        if (word && (word.at > event.at || (word.at === event.at && !word.granted))) continue;
        this.#record(soul, purpose, granted, event.at);
      }
    }
    return "accepted";
  }

  pause(name: string, isPaused: boolean): void {
    const soul = this.soul(name);
    if (soul.log) soul.isPaused = isPaused;
  }

  /** What a visitor has lies with the customer from now on, as far as the customer has not denied it. */
  #handOver(name: string, rows: readonly Kept[], now: number): void {
    const visitor = this.soul(name);
    const customer = this.soul(visitor.mark!.into);
    customer.log ??= [];
    const hasEnded = this.#mayEnd(customer, now, () => {
      customer.joined.set(name, visitor.words);
      visitor.words = [...visitor.words];
    });
    const isDenied = (purpose: Purpose) => this.#word(customer, purpose)?.granted === false;
    const undenied = (isDenied("analytics") ? 0 : LEARN) | (isDenied("personalization") ? 0 : REMEMBER);
    const brought = rows
      .filter((kept) => kept.event.at >= customer.notBefore)
      .map((kept) => ({ ...kept, via: name }));
    customer.log.push(
      ...this.#left(brought, undenied & (hasEnded ? this.#may(customer, now) : LEARN | REMEMBER)),
    );
    for (const [id, digest] of visitor.ids) if (!customer.ids.has(id)) customer.ids.set(id, digest);
  }

  merge(name: string, into: string, now: number): string {
    const visitor = this.soul(name);
    const customer = this.soul(into);
    if (!visitor.log) return "nobody";
    if (visitor.mark) return visitor.mark.into === into ? "already" : "elsewhere";
    if (customer.erasedAt !== undefined && !customer.log && !customer.isBack) return "elsewhere";
    visitor.mark = { into, at: now };
    this.#handOver(name, visitor.log, now);
    return "merged";
  }

  unmerge(name: string, from: string, now: number): string {
    const { mark } = this.soul(name);
    if (mark?.into !== from) return "unknown";
    if (now > mark.at + UNDO_DAYS * DAY) return "too_late";
    this.#part(name, now);
    return "undone";
  }

  #part(name: string, now: number): void {
    const visitor = this.soul(name);
    const customer = this.soul(visitor.mark!.into);
    customer.log = customer.log!.filter((kept) => kept.via !== name);
    this.#mayEnd(customer, now, () => customer.joined.delete(name));
    visitor.mark = undefined;
  }

  erase(name: string, now: number): void {
    const soul = this.soul(name);
    if (soul.erasedAt !== undefined && !soul.log && !soul.isBack) return;
    if (soul.mark) this.#part(name, now);
    for (const gone of [name, ...soul.joined.keys()]) {
      this.#reports = this.#reports.filter((report) => report.by !== gone);
      this.souls.set(gone, { ...newSoul(), erasedAt: now });
    }
  }

  // ——— what must be true ———

  /** Everybody who counts as a person of their own. */
  persons(): string[] {
    return [...this.souls].filter(([, soul]) => soul.log && !soul.mark).map(([name]) => name);
  }

  #sorted(name: string): Kept[] {
    return [...this.soul(name).log!].sort(
      ({ event: a }, { event: b }) => a.at - b.at || a.id.length - b.id.length || (a.id < b.id ? -1 : 1),
    );
  }

  /** A person's orders, as all that was told of each leaves it. */
  orders(name: string): Map<string, ToldOrder> {
    const orders = new Map<string, ToldOrder>();
    const log = this.#sorted(name);
    const ids = new Set(
      log.flatMap(({ event }) => (isOrder(event) ? [(event as { orderId: string }).orderId] : [])),
    );
    for (const id of ids) {
      const told = log.filter(({ event }) => isOrder(event) && (event as { orderId: string }).orderId === id);
      const of = (isTrusted: boolean) =>
        told
          .filter((kept) => kept.event.type === "order_completed" && kept.isTrusted === isTrusted)
          .sort((a, b) => a.event.at - b.event.at || a.event.digest - b.event.digest)
          .at(-1);
      const telling = of(true) ?? of(false);
      if (!telling || telling.event.type !== "order_completed") continue;
      const { at, revenue, lines } = telling.event;
      const minor = revenue!.minor;
      let refunded = 0;
      let isReturned = false;
      for (const { event, isTrusted } of told) {
        if (event.type === "order_completed" || (telling.isTrusted && !isTrusted)) continue;
        // No test tells of single lines: whoever returns anything returns every piece.
        isReturned = true;
        const amount =
          event.type === "order_refunded"
            ? (event as { amount?: { minor: number } }).amount?.minor
            : undefined;
        refunded += Math.min(minor - refunded, amount ?? minor);
      }
      const items = lines.map((line) => line.item);
      const mayLearn = told.some((kept) => (kept.may & LEARN) !== 0);
      orders.set(id, { at, minor, refunded, items, isReturned, mayLearn, isTrusted: telling.isTrusted });
    }
    return orders;
  }

  /** Every number of the site. */
  numbers(): Numbers {
    const numbers: Record<string, number> = {};
    const add = (number: string, by: number) => {
      numbers[number] = (numbers[number] ?? 0) + by;
      if (numbers[number] === 0) delete numbers[number];
    };
    for (const { number } of this.#reports) add(number, 1);
    const persons = this.persons();
    add("customers/known//count", persons.length);
    const earned = new Map(persons.map((name) => [name, [] as ToldOrder[]]));
    const all = new Map(persons.map((name) => [name, this.orders(name)]));
    for (const id of new Set([...all.values()].flatMap((orders) => [...orders.keys()]))) {
      const claims = persons
        .flatMap((name) => (all.get(name)!.has(id) ? [{ name, order: all.get(name)!.get(id)! }] : []))
        .sort((a, b) => a.order.at - b.order.at || (this.#idOf(a.name) < this.#idOf(b.name) ? -1 : 1));
      const shop = claims.findLast((one) => one.order.isTrusted);
      const pages = claims.filter((one) => !one.order.isTrusted);
      const fitting = pages.filter(({ order }) => !shop || isSameOrder(order, shop.order));
      add("quality/orders//contradictory", pages.length - fitting.length);
      const home = (fitting[0] ?? shop)!;
      const truth = (shop ?? home).order;
      const day = Math.floor(truth.at / DAY);
      add(`daily/${day}/EUR/orders`, 1);
      add(`daily/${day}/EUR/revenue`, truth.minor);
      add(`daily/${day}/EUR/refunded`, truth.refunded);
      earned.get(home.name)!.push({ ...truth, mayLearn: home.order.mayLearn });
    }
    for (const name of persons) {
      for (const [experiment, { variation, at, windowMs }] of this.#exposures(name)) {
        const counted = earned.get(name)!.filter((order) => order.mayLearn);
        const within = counted.filter((order) => order.at >= at && order.at <= at + windowMs);
        const earlier = counted.filter((order) => order.at < at && order.at >= at - 90 * DAY);
        const sum = (orders: readonly ToldOrder[], of: (order: ToldOrder) => number) =>
          orders.reduce((total, order) => total + of(order), 0);
        const net = (order: ToldOrder) => order.minor - order.refunded;
        const [orders, revenue, before] = [within.length, sum(within, net), sum(earlier, net)];
        const refunded = sum(within, (order) => order.refunded);
        const units = sum(within, (order) => (order.isReturned ? 0 : order.items.length));
        const buyers = Math.min(1, orders);
        const soul = this.soul(name);
        const optOuts = Number(
          (["personalization", "marketing"] as const).some((purpose) => {
            const word = this.#word(soul, purpose);
            return word !== undefined && !word.granted && word.at >= at;
          }),
        );
        const moments = {
          users: 1,
          buyers,
          optOuts,
          refunders: Math.min(1, refunded),
          orders,
          "orders*orders": orders ** 2,
          revenue,
          "revenue*revenue": revenue ** 2,
          units,
          "units*units": units ** 2,
          refunded,
          "refunded*refunded": refunded ** 2,
          before,
          "before*before": before ** 2,
          "orders*revenue": orders * revenue,
          "orders*units": orders * units,
          "before*revenue": before * revenue,
          "before*buyers": before * buyers,
        };
        for (const [moment, value] of Object.entries(moments))
          add(`experiment/${experiment}/${variation}/${moment}`, value);
      }
    }
    return numbers;
  }

  #exposures(name: string) {
    const first = new Map<string, { variation: string; at: number; windowMs: number }>();
    for (const { event, may } of this.#sorted(name)) {
      if (event.type !== "slot_seen" || (may & LEARN) === 0) continue;
      for (const [experiment, variation, windowMs] of event.claim.assignments)
        if (!first.has(experiment)) first.set(experiment, { variation, at: event.at, windowMs });
    }
    return first;
  }

  /** What a decision may know of somebody, or why it may know nothing. */
  view(name: string, now: number) {
    const soul = this.soul(name);
    if (!soul.log) return "unknown";
    if (soul.mark) return "joined";
    if (soul.isPaused || !this.#permits(soul, "personalization", now)) return "denied";
    const cart = new Map<string, number>();
    const traits = new Map<string, { value: unknown; source: string; isOwnWord: boolean }>();
    const feedback = new Map<string, string>();
    let touches: { item: string; kind: string; at: number }[] = [];
    for (const { event, source, may } of this.#sorted(name)) {
      if ((may & REMEMBER) === 0) continue;
      if (event.type === "product_viewed") touches.push({ item: event.item, kind: "view", at: event.at });
      if (event.type === "product_added") {
        touches.push({ item: event.item, kind: "cart", at: event.at });
        cart.set(event.item, (cart.get(event.item) ?? 0) + event.quantity);
      }
      if (event.type === "product_removed") {
        const left = (cart.get(event.item) ?? 0) - (event.quantity ?? Infinity);
        if (left > 0) cart.set(event.item, left);
        else cart.delete(event.item);
      }
      if (event.type === "cart_updated") {
        cart.clear();
        for (const line of event.lines) cart.set(line.item, line.quantity);
      }
      if (event.type === "order_completed") for (const line of event.lines) cart.delete(line.item);
      if (event.type === "feedback_given") {
        feedback.delete(event.item);
        if (event.feedback !== "undo") feedback.set(event.item, event.feedback);
      }
      if (event.type !== "traits_updated") continue;
      for (const [trait, value] of Object.entries(event.traits)) {
        const isOwnWord = source === "customer";
        if (traits.get(trait)?.isOwnWord && !isOwnWord) continue;
        if (value === null && !isOwnWord) traits.delete(trait);
        else traits.set(trait, { value, source, isOwnWord });
      }
    }
    touches = touches.slice(-50);
    const owned = new Set<string>();
    const total = { count: 0, revenueMinor: 0, lastAt: 0 };
    for (const order of [...this.orders(name).values()].sort((a, b) => a.at - b.at)) {
      total.count++;
      total.revenueMinor += order.minor - order.refunded;
      total.lastAt = order.at;
      for (const item of order.items) {
        touches.push({ item, kind: "buy", at: order.at });
        if (!order.isReturned) owned.add(item);
      }
    }
    const isGift = (item: string) => feedback.get(item) === "gift";
    return {
      recent: touches
        .filter(({ item }) => !isGift(item))
        .sort((a, b) => a.at - b.at)
        .slice(-50),
      cart: Object.fromEntries([...cart].sort()),
      owned: [...owned].filter((item) => !isGift(item)).sort(),
      feedback: Object.fromEntries([...feedback].sort()),
      traits: Object.fromEntries([...traits].filter(([, { value }]) => value !== null).sort()),
      orders: total,
    };
  }
}

type ToldOrder = {
  readonly at: number;
  readonly minor: number;
  readonly refunded: number;
  readonly items: readonly string[];
  readonly isReturned: boolean;
  readonly mayLearn: boolean;
  readonly isTrusted: boolean;
};

const isSameOrder = (page: ToldOrder, shop: ToldOrder): boolean =>
  JSON.stringify(page.items) === JSON.stringify(shop.items) ||
  Math.abs(page.minor - shop.minor) * 100 <= shop.minor;
