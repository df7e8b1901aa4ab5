import { DurableObject } from "cloudflare:workers";
import type { ConsentRecord, ConsentStatement, Purpose } from "../core/consent/consent.ts";
import { withdrawal } from "../core/customer/contributions.ts";
import { applyVerdict } from "../core/customer/credit.ts";
import { creditChanges } from "../core/customer/experiment-credit.ts";
import {
  newCustomer,
  type Erasing,
  type Mark,
  type Receivers,
  type Retention,
  type Whole,
  tallyOf,
} from "../core/customer/customer.ts";
import { join, JOINED_MAX, part, resume, UNDO_MS, type HandOver } from "../core/customer/join.ts";
import { isLapsed, nextRetention, retained } from "../core/customer/keep.ts";
import { knownOf, timelineOf, type KnownDocument, type TimelineEntry } from "../core/customer/known.ts";
import { noEffects, type LogRow } from "../core/customer/log-row.ts";
import { refold, stripped } from "../core/customer/refold.ts";
import { rowOf, take, type Call, type Memory, type Taken } from "../core/customer/take.ts";
import { isOrderEvent, type Verdict } from "../core/order/order.ts";
import type { EpochMs } from "../core/primitives/time.ts";
import { MAY_ALL, MAY_LEARN } from "../core/profile/logged.ts";
import { encodeView, viewOf, type Said, type Spoken } from "../core/profile/view.ts";
import { attend, quietTurn, type Turn } from "../core/customer/attend.ts";
import type { World } from "../core/decide/world.ts";
import { siteForObject } from "../edge/site-source.ts";
import { mayBeIn, tellAudience } from "../core/customer/audiences.ts";
import { ownOrders } from "../core/card/make-card.ts";
import type { AudienceLine } from "../core/export/audience-change.ts";
import { audienceMember } from "../core/export/audience.ts";
import type { Row } from "../core/export/column.ts";
import type { AudiencePlatform } from "../core/export/contact.ts";
import { EXPORT_TABLES, type ExportKind } from "../core/export/rows.ts";
import type { Span } from "../core/export/subject.ts";
import { purchasesOf } from "../core/value/purchases.ts";
import { contactTraitsOf, sha256Hex, worthFor, worthNow } from "./export-parts.ts";
import { isInCandidate } from "../core/customer/candidate.ts";
import { arrive, type Arriving } from "../core/move/arrive.ts";
import { personOf, type MovedPerson } from "../core/move/person.ts";
import { lifeOf, type CurrentLife } from "../core/life/life-of.ts";
import { mayReadLife } from "../core/life/may-infer.ts";
import type { PreviewAnswer } from "../core/insight/preview.ts";
import type { Condition } from "../core/segment/condition.ts";
import type { JsonObject } from "../core/webhook/notice.ts";
import type { ShelfChange } from "../core/catalog/shelf-change.ts";
import { summed } from "../core/profile/delta.ts";
import type { EventAnswer } from "../core/wire/decide.ts";
import { hmac, toHex } from "../edge/hmac.ts";
import { lengthPrefixed } from "../edge/length-prefixed.ts";
import type { Env } from "../env.ts";
import { CustomerStore } from "../store/customer-store.ts";
import type { Burial } from "../store/ledger-store.ts";
import { Dispatch } from "./dispatch.ts";
import { randomText } from "./random.ts";

/** Whom a call speaks for, and where what follows goes. */
export type Standing = {
  readonly site: string;
  readonly receivers: Receivers;
  /** Objects that the site's sums are spread over, beside the ledger. */
  readonly tallies?: readonly string[] | undefined;
  /** What the shop calls this customer; absent for a visitor. */
  readonly customerId?: string | undefined;
  /** The device binding that let the call in, if one did. */
  readonly deviceId?: string | undefined;
  /** When the shop's server says this person registered: later than an erasure, it lets them begin anew. */
  readonly registeredAt?: EpochMs | undefined;
  /** The id was made in this very request, so nobody of that name can have been erased. */
  readonly isFresh?: boolean | undefined;
};

export type Observation = Call & Standing & { readonly wantsView: boolean };
/** `view` is the text of a View; absent where personalization is not permitted, or nobody asked. */
export type Observed = { readonly answers: readonly EventAnswer[]; readonly view?: string | undefined };

/** Somebody who was known in another deployment, or a part of them. */
export type Arrival = Standing & { readonly person: Arriving; readonly retention: Retention };
/** JSON as it travels between objects: its type cannot say so of `unknown`. */
type Outgoing = Omit<MovedPerson, "rows"> & {
  readonly rows: readonly (Omit<MovedPerson["rows"][number], "events"> & {
    readonly events: readonly JsonObject[];
  })[];
};
/** Rows read at a time where somebody is handed out. */
const HAND_OUT_PAGE = 50;

/** A hand-over on its way between two objects. */
export type HandOverCall = Standing & { readonly hand: HandOver };
/** Whether a hand-over was taken; if not, whether it ever will be. */
export type TakenOver = "taken" | "later" | "full" | "erased";

/** When an alarm looks again after what could not be finished. */
const PENDING_MS = 2_000;

/** How often an object asks the erase ledger after a restore. */
const ASK_AGAIN_MS = 30_000;

const ERASED = "This person was erased, and stays so until they register again.";

/** One customer, or one visitor: what is known, and the only place where it changes. */
export class CustomerObject extends DurableObject<Env> {
  /** A cache of state and order rows; read again whenever a transaction fails. */
  #known: Whole | undefined;
  /** The view's text, for as long as neither the profile nor a grant's validity changes. */
  #viewText: { readonly said: Said | undefined; readonly until: EpochMs } | undefined;
  /** Texts are told apart by their number in this life of the object, and lives by chance. */
  #life: string | undefined;
  #texts = 0;
  readonly #store: CustomerStore;
  readonly #dispatch: Dispatch;
  /** When an erasure ended here, in this process: what was on its way in comes too late. */
  #erasedAt: EpochMs | undefined;
  #isChecked = false;
  #askedLedgerAt: EpochMs = 0;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#store = new CustomerStore(ctx.storage);
    // A visitor who is only asked about gets no tables: most ids that a page sends are never stored.
    this.#known = this.#store.load();
    this.#dispatch = new Dispatch({
      ctx,
      env,
      store: this.#store,
      customer: () => this.#known,
      settle: (verdicts) => this.settle(verdicts),
    });
  }

  /** What a decision may know now, as text. Writes nothing. */
  async view(
    consent: ConsentStatement,
    deviceId?: string,
  ): Promise<string | "unknown" | "denied" | "joined"> {
    await this.#isRestoredErased();
    const said = this.#look(consent, deviceId);
    return typeof said === "string" ? said : said.text;
  }

  /** The same for who keeps what they were told: the text comes again only where it is another than that of `mark`. */
  async viewUnless(mark: string | undefined, consent: ConsentStatement, deviceId?: string): Promise<Spoken> {
    await this.#isRestoredErased();
    const said = this.#look(consent, deviceId);
    return typeof said === "object" && said.mark === mark ? "same" : said;
  }

  #look(consent: ConsentStatement, deviceId: string | undefined): Exclude<Spoken, "same"> {
    const customer = this.#known;
    if (!customer) return "unknown";
    if (customer.mark) return "joined";
    if (consent["personalization"] === false || customer.erasing || this.#isEnded(deviceId)) return "denied";
    return this.#view(Date.now()) ?? "denied";
  }

  /** Takes events in: consent, duplicates, profile, log and what is owed in one transaction, before the answer. */
  async observe(call: Observation): Promise<Observed> {
    const refusal = await this.#refusal(call);
    const refuse = (code: string, detail: string): Observed => ({
      answers: call.events.map(({ id }) => ({ id, status: "rejected", code, detail })),
    });
    if (refusal) return refuse(refusal.code, refusal.detail);
    const keys = await this.#orderKeys(call);
    await this.#readSite(call.site);
    const now = Date.now();
    if (this.#isErased(call)) return refuse("erased", ERASED);
    const taken = this.#commit(() => this.#take(call, keys, now));
    this.#dispatch.startIfOwed(now);
    await this.#tellCourier();
    // What a visitor's mark still takes in (denials, what happened before) is the customer's, and a denial cannot wait.
    if (taken.row && this.#known?.mark)
      await this.#handOver().catch((error: unknown) => report("handOver", error));
    return { answers: taken.answers, view: call.wantsView ? this.#view(now)?.text : undefined };
  }

  #take(call: Observation, keys: ReadonlyMap<string, string>, now: EpochMs): Taken {
    const store = this.#store;
    const isNew = this.#known === undefined;
    const customer = this.#known ?? this.#newcomer(call, now);
    const seen = isNew ? new Map<string, number>() : store.seen(call.events.map((event) => event.id));
    const memory: Memory = {
      seenDigest: (id) => seen.get(id),
      loggedDigest: (id) => store.loggedDigest(id),
      rows: () => store.rows(),
      orderKey: (orderId) => keys.get(orderId)!,
      subject: this.ctx.id.toString(),
      site: this.#site,
    };
    customer.retention = call.retention;
    this.#moveOn(customer, call.tallies ?? []);
    if (call.customerId !== undefined) customer.customerId ??= call.customerId;
    const taken = take(customer, call, memory, now);
    if (!taken.row) return taken;
    this.#known = customer;
    this.#viewText = undefined;
    if (!isNew) this.#strip(customer, taken);
    store.append(taken.row);
    store.see(taken.foreign);
    store.saveOrders(customer.orders, taken.changedOrders);
    store.save(customer);
    return taken;
  }

  /**
   * Moves on to the shard of the site's sums that is this customer's now. Only while nothing is on its way: what one shard may
   * have counted already is never sent to another. Stored with the row of this turn, cursor included.
   */
  #moveOn(customer: Whole, tallies: readonly string[]): void {
    if (customer.sent === customer.nextSeq - 1) customer.tally = tallyOf(this.ctx.id.toString(), tallies);
  }

  /** What the site's config and catalog say now. Without it a turn goes on with what is stored; it is told the rest later. */
  async #readSite(site: string): Promise<void> {
    try {
      this.#site = (await siteForObject(this.env, site))?.world;
    } catch (error) {
      report("site", error);
    }
  }
  #site: World | undefined;

  /** What follows of a change that wrote no row for it. Call in its transaction. */
  #follow(
    customer: Whole,
    now: EpochMs,
    given: Partial<Pick<Turn, "shelf" | "isRefolded" | "isHistorical">> = {},
  ): boolean {
    // Without the site's word it is looked at by the alarm.
    if (!this.#site && given.isRefolded && !customer.mark) customer.attention.nextAt = now;
    const effects = noEffects();
    const subject = this.ctx.id.toString();
    const rows = () => this.#store.rows();
    const turn = quietTurn({ now, seq: customer.nextSeq, subject, rows, ...given });
    if (!attend(customer, this.#site, turn, effects)) return false;
    const { touchedAt } = customer;
    const from = { source: "attention", isTrusted: true, receivedAt: now };
    this.#store.append(rowOf(customer, from, [], effects));
    customer.touchedAt = touchedAt;
    return true;
  }

  /** Rewrites the log to what is still allowed after grants ended, and notes that the courier has to be told. */
  #strip(
    customer: Whole,
    { withdrawn, may }: { readonly withdrawn: readonly Purpose[]; readonly may: number },
  ): void {
    if (withdrawn.length === 0) return;
    customer.ended = [...new Set([...(customer.ended ?? []), ...withdrawn])];
    this.#keepOfRows(customer, may);
  }

  #keepOfRows(customer: Whole, may: number): void {
    for (const row of this.#store.rows()) {
      const left = remainder(row, may, customer.sent);
      if (left !== row) this.#store.rewrite(left);
    }
  }

  #newcomer(call: Standing, now: EpochMs): Whole {
    const { site, customerId } = call;
    const { model, ledger, courier } = call.receivers;
    const receivers = { model, ledger, courier };
    const customer = newCustomer({ source: randomText(18), site, receivers }, now);
    if (customerId !== undefined) customer.customerId = customerId;
    if (this.#notBefore !== undefined) customer.notBefore = this.#notBefore;
    return customer;
  }
  #notBefore: EpochMs | undefined;

  /** One transaction, or nothing: when it fails, memory is read again from the rows. */
  #commit<T>(change: () => T): T {
    try {
      return this.ctx.storage.transactionSync(change);
    } catch (error) {
      this.#store.reset();
      this.#known = this.#store.load();
      this.#viewText = undefined;
      this.#dispatch.forget();
      throw error;
    }
  }

  #view(now: EpochMs): Said | undefined {
    if (!this.#known) return undefined;
    if (!this.#viewText || now >= this.#viewText.until) {
      const view = viewOf(this.#known, now);
      const ends = Object.values(this.#known.consent).map((grant) => grant.expiresAt);
      const until = Math.min(...ends.filter((end) => end > now), Number.MAX_SAFE_INTEGER);
      const mark = `${(this.#life ??= randomText(9))}.${this.#texts++}`;
      this.#viewText = { said: view && { mark, text: encodeView(view) }, until };
    }
    return this.#viewText.said;
  }

  /** HMACs of the order ids of a call, so that ledger and customer can speak of an order without naming it. */
  async #orderKeys(call: Pick<Observation, "site" | "events">): Promise<Map<string, string>> {
    const keys = new Map<string, string>();
    for (const event of call.events) {
      if (!isOrderEvent(event) || keys.has(event.orderId)) continue;
      const mac = await hmac(
        this.env.CONCIERGE_SECRET,
        "order-key",
        lengthPrefixed([call.site, event.orderId]),
      );
      keys.set(event.orderId, toHex(mac.subarray(0, 16)));
    }
    return keys;
  }

  /** Why nothing can be taken in, asked before anything is stored: an empty object asks the ledger who was erased. */
  async #refusal(call: Standing): Promise<{ code: string; detail: string } | undefined> {
    await this.#isRestoredErased();
    if (this.#known) {
      return this.#isEnded(call.deviceId)
        ? { code: "identity_unverified", detail: "This device was signed out." }
        : undefined;
    }
    if (call.isFresh || this.#isChecked) return undefined;
    const ledger = this.env.LEDGER.get(this.env.LEDGER.idFromString(call.receivers.ledger));
    const burial = await ledger.burial(this.ctx.id.toString());
    if (burial) {
      const isBack = burial.returnedAt !== null || (call.registeredAt ?? 0) > burial.at;
      if (!isBack) return { code: "erased", detail: ERASED };
      if (burial.returnedAt === null) await ledger.readmit(this.ctx.id.toString(), Date.now());
      this.#notBefore = burial.at;
      this.#erasedAt = undefined;
    }
    this.#isChecked = true;
    return undefined;
  }

  #isErased(call: Standing): boolean {
    if (this.#known?.erasing) return true;
    return this.#erasedAt !== undefined && !this.#known && (call.registeredAt ?? 0) <= this.#erasedAt;
  }

  #isEnded(deviceId: string | undefined): boolean {
    return deviceId !== undefined && this.#known?.endedDevices.has(deviceId) === true;
  }

  /** A copy that was restored from a backup asks the erase ledger before it serves. */
  async #isRestoredErased(): Promise<void> {
    const restoredAt = Number(this.env.RESTORED_AT ?? 0);
    // Asked now and then, not once: an alarm may have woken this object before the ledger was given back.
    if (restoredAt === 0 || !this.#known || Date.now() < this.#askedLedgerAt + ASK_AGAIN_MS) return;
    const ledger = this.env.LEDGER.get(this.env.LEDGER.idFromString(this.#known.receivers.ledger));
    const burial = await ledger.burial(this.ctx.id.toString());
    this.#askedLedgerAt = Date.now();
    // What is in the copy counts again in the restored numbers and logs: it is taken back like at the first time.
    if (burial && this.#known && burial.at > this.#known.bornAt) await this.eraseJoined(burial.at, 0);
  }

  /** Takes verdicts of the ledger in, by order key. Idempotent. */
  settle(verdicts: Readonly<Record<string, Verdict>>): void {
    const customer = this.#known;
    if (!customer || customer.mark || customer.erasing || Object.keys(verdicts).length === 0) return;
    const now = Date.now();
    const isChanged = this.#commit(() => {
      const effects = noEffects();
      const changed: string[] = [];
      for (const [orderId, order] of customer.orders) {
        const verdict = verdicts[order.key];
        if (verdict && applyVerdict(customer, orderId, verdict, effects)) changed.push(orderId);
      }
      if (changed.length === 0) return false;
      const isNews = this.#follow(customer, now);
      const deltas = summed([...effects.deltas, ...creditChanges(customer)]);
      const owes = deltas.length + effects.facts.length > 0;
      if (owes) {
        const touchedAt = customer.touchedAt;
        const from = { source: "ledger", isTrusted: true, receivedAt: now };
        this.#store.append(rowOf(customer, from, [], { ...effects, deltas }));
        customer.touchedAt = touchedAt;
      }
      this.#store.saveOrders(customer.orders, changed);
      this.#store.save(customer);
      return owes || isNews;
    });
    if (isChanged) this.#dispatch.start(now);
  }

  /** What grants that ended still had under way is stopped before the answer; what cannot be reached now, by alarm. */
  async #tellCourier(): Promise<void> {
    const ended = this.#known?.ended;
    if (!this.#known || !ended) return;
    const courier = this.env.COURIER.get(this.env.COURIER.idFromString(this.#known.receivers.courier));
    try {
      await courier.withdraw(this.ctx.id.toString(), ended);
    } catch (error) {
      return report("withdraw", error);
    }
    this.#change((customer) => {
      // Another one may have ended meanwhile.
      if (customer.ended === ended) customer.ended = undefined;
    });
  }

  /** Segments and triggers are looked at though nothing came in: it is time, the config changed, or the shelf did. */
  async lookAgain(shelf: readonly ShelfChange[] = []): Promise<void> {
    await this.#isRestoredErased();
    if (!this.#known || this.#known.mark || this.#known.erasing) return;
    await this.#readSite(this.#known.site);
    const customer = this.#known;
    if (!customer || customer.mark || customer.erasing) return;
    const now = Date.now();
    const isNews = this.#commit(() => {
      const before = JSON.stringify(customer.attention);
      const isNews = this.#follow(customer, now, { shelf });
      if (isNews || JSON.stringify(customer.attention) !== before) this.#store.save(customer);
      return isNews;
    });
    this.#viewText = undefined;
    this.#dispatch.startIfOwed(now);
    if (!isNews) this.#dispatch.wakeBy(customer.attention.nextAt);
  }

  /** Items that this customer may have waited for have become cheaper, or are there again. */
  shelfChanged(changes: readonly ShelfChange[]): Promise<void> {
    return this.lookAgain(changes);
  }

  /** Pauses: nothing is taken in and nothing personal is shown until they resume. */
  async pause(isPaused: boolean): Promise<void> {
    if (this.#known) await this.#readSite(this.#known.site);
    this.#change((customer) => {
      customer.isPaused = isPaused;
      this.#follow(customer, Date.now(), { isRefolded: true });
    });
  }

  /** Keeps a trait or an item out of everything that is decided and said. */
  async hide(name: string, isHidden: boolean): Promise<void> {
    if (this.#known) await this.#readSite(this.#known.site);
    this.#change((customer) => {
      if (isHidden) customer.hidden.add(name);
      else customer.hidden.delete(name);
      this.#follow(customer, Date.now(), { isRefolded: true });
    });
  }

  /** Ends a device binding: a shared tablet must not go on speaking for the last customer. */
  async endDevice(deviceId: string, until: EpochMs): Promise<void> {
    this.#change((customer) => {
      for (const [id, end] of customer.endedDevices) if (end < Date.now()) customer.endedDevices.delete(id);
      customer.endedDevices.set(deviceId, until);
    });
  }

  #change(change: (customer: Whole) => void): void {
    const customer = this.#known;
    if (!customer) return;
    this.#commit(() => {
      change(customer);
      this.#store.save(customer);
    });
    this.#viewText = undefined;
    this.#dispatch.startIfOwed(Date.now());
  }

  /** Everything known, for the customer themselves or whom they let see it; `undefined` where nothing is. */
  async known(deviceId?: string): Promise<KnownDocument | "denied" | undefined> {
    await this.#isRestoredErased();
    if (!this.#known || this.#known.erasing) return undefined;
    if (this.#isEnded(deviceId)) return "denied";
    return knownOf(this.#known, this.#store.rows(), Date.now());
  }

  /** What is known, and what happened last, newest first: for somebody who stands before the customer. */
  async told(
    limit: number,
  ): Promise<{ known: KnownDocument; timeline: TimelineEntry[]; life: CurrentLife[] } | undefined> {
    const known = await this.known();
    if (known === undefined || known === "denied") return undefined;
    if (this.#known) await this.#readSite(this.#known.site);
    const now = Date.now();
    const customer = this.#known;
    const life =
      customer && this.#site
        ? lifeOf(customer.attention.life, this.#site.config.life, now, mayReadLife(customer.consent, now))
        : [];
    return { known, timeline: timelineOf(this.#store.rows(), now).slice(0, limit), life };
  }

  /** Every row of every table, as one document: made from the same list of tables that an erasure clears. */
  async everything(): Promise<Record<string, unknown> | undefined> {
    await this.#isRestoredErased();
    return this.#known && !this.#known.erasing ? this.#store.everything(this.#known) : undefined;
  }

  // ——— taking out ———

  /** This person's rows of an export. Nothing that their consent does not cover leaves. */
  async exported(kind: ExportKind, span: Span): Promise<readonly Row[]> {
    await this.#isRestoredErased();
    const customer = this.#known;
    if (!customer || customer.mark || customer.erasing) return [];
    const id = this.ctx.id.toString();
    const pseudonym = toHex((await hmac(this.env.CONCIERGE_SECRET, "export-pseudonym", id)).subarray(0, 12));
    await this.#readSite(customer.site);
    const now = Date.now();
    const purchases = purchasesOf(ownOrders(customer));
    const worth = this.#site && purchases && worthFor(this.#site, purchases, now);
    const rows = this.#store.rows();
    return EXPORT_TABLES[kind].rowsOf({ customer, rows, pseudonym, purchases, worth }, span, now);
  }

  /** What the shop calls this customer. */
  shopsId(): string | null {
    const customer = this.#known;
    return customer && !customer.mark && !customer.erasing ? (customer.customerId ?? null) : null;
  }

  /** Whether this person would be in a segment that is not published, and what they are worth; `null`: nobody is here. */
  async wouldBeIn(candidate: {
    readonly when: Condition;
    readonly purpose?: Purpose | undefined;
  }): Promise<PreviewAnswer | null> {
    await this.#isRestoredErased();
    const customer = this.#known;
    if (!customer || customer.mark || customer.erasing) return null;
    await this.#readSite(customer.site);
    if (!this.#site) return null;
    const now = Date.now();
    const segments = customer.attention.segments.map(([id]) => id);
    const purchases = purchasesOf(ownOrders(customer));
    const worth = purchases && worthNow(this.#site, purchases, now);
    const isIn = isInCandidate(customer, this.#site, candidate, () => this.#store.rows(), now);
    return { isIn, segments, purchases, worth };
  }

  /** What an ad platform has to be told of this customer for a segment, since it was last. */
  async audience(
    asked: { readonly segment: string; readonly platform: AudiencePlatform },
    isAnew: boolean,
  ): Promise<readonly AudienceLine[]> {
    await this.#isRestoredErased();
    if (!this.#known || this.#known.mark || this.#known.erasing) return [];
    await this.#readSite(this.#known.site);
    const now = Date.now();
    const purchases = purchasesOf(ownOrders(this.#known));
    const worth = this.#site && purchases && worthFor(this.#site, purchases, now);
    const value =
      worth?.valueMinor === undefined || worth.currency === undefined
        ? undefined
        : { minor: worth.valueMinor, currency: worth.currency };
    const given = { ...asked, value, traits: contactTraitsOf(this.#site), hash: sha256Hex };
    const member = await audienceMember(this.#known, given, now);
    const customer = this.#known;
    if (!customer || customer.erasing || customer.mark) return [];
    const lines = this.#commit(() => {
      // Hashing took a moment, in which they may have withdrawn.
      const still = mayBeIn(customer, asked.segment, now) ? member : undefined;
      const lines = tellAudience(customer, asked, still, isAnew);
      this.#follow(customer, now);
      this.#store.save(customer);
      return lines;
    });
    this.#dispatch.startIfOwed(now);
    return lines;
  }

  // ——— moving to another deployment ———

  /**
   * This person from a row of their log on, about so many characters of it at a time; `next` is the row to go on after.
   * `undefined`: nobody, or whose history is somebody else's by now.
   */
  async handOut(
    after: number,
    charactersMax: number,
  ): Promise<{ readonly person: Outgoing; readonly next: number | null } | undefined> {
    await this.#isRestoredErased();
    const customer = this.#known;
    if (!customer || customer.mark || customer.erasing) return undefined;
    const rows: LogRow[] = [];
    let size = 0;
    for (let last = after; size < charactersMax; last = rows.at(-1)!.seq) {
      const page = this.#store.rows(last, HAND_OUT_PAGE);
      rows.push(...page);
      size += JSON.stringify(page.map(({ events }) => events)).length;
      if (page.length < HAND_OUT_PAGE)
        return { person: personOf(customer, rows, true) as Outgoing, next: null };
    }
    return { person: personOf(customer, rows, false) as Outgoing, next: rows.at(-1)!.seq };
  }

  /** Takes a part of somebody in who was known elsewhere. Idempotent. */
  async arrive(call: Arrival): Promise<"taken" | "erased" | "joined"> {
    const refusal = await this.#refusal(call);
    if (refusal) return "erased";
    const { person } = call;
    const events = person.rows.flatMap((row) => row.events);
    const keys = await this.#orderKeys({ site: call.site, events });
    await this.#readSite(call.site);
    if (this.#isErased(call)) return "erased";
    const now = Date.now();
    const customer = this.#known ?? this.#newcomer(call, person.bornAt);
    if (customer.mark) return "joined";
    customer.retention = call.retention;
    this.#commit(() => {
      const seen = this.#store.seen(events.map(({ id }) => id));
      const memory = {
        rows: () => this.#store.rows(),
        isSeen: (id: string) => seen.has(id),
        orderKey: (orderId: string) => keys.get(orderId)!,
      };
      this.#moveOn(customer, call.tallies ?? []);
      const arrived = arrive(customer, person, memory, now);
      this.#known = customer;
      this.#strip(customer, arrived);
      for (const row of arrived.rows) this.#store.append(row);
      const { touchedAt } = customer;
      this.#follow(customer, now, { isRefolded: true, isHistorical: true });
      customer.touchedAt = touchedAt;
      this.#store.see(arrived.foreign);
      this.#store.saveOrders(customer.orders, arrived.changedOrders);
      this.#store.save(customer);
    });
    this.#viewText = undefined;
    this.#dispatch.startIfOwed(now);
    await this.#tellCourier();
    return "taken";
  }

  // ——— merging ———

  /** Hands this visitor's history to the known customer they turned out to be. Safe to repeat; finished by alarm. */
  async mergeInto(into: string, call: Standing): Promise<"merged" | "already" | "elsewhere" | "nobody"> {
    await this.#isRestoredErased();
    const customer = this.#known;
    if (!customer || customer.erasing) return "nobody";
    if (customer.mark && customer.mark.into !== into) return "elsewhere";
    if (customer.joined.length > 0 || into === this.ctx.id.toString()) return "elsewhere";
    this.env.CUSTOMER.idFromString(into); // Throws where it names no object, before anything is marked.
    const now = Date.now();
    const isNew = !customer.mark;
    if (isNew)
      this.#commit(() => {
        customer.mark = { into, at: now, handed: 0 };
        this.#follow(customer, now);
        this.#store.save(customer);
      });
    this.#viewText = undefined;
    this.#dispatch.start(now);
    await this.#handOver(call);
    if (!this.#known?.mark) return "elsewhere";
    return isNew ? "merged" : "already";
  }

  /** Gives the customer what they do not have yet, one hand-over at a time. Throws where they cannot be reached. */
  #handOver(call?: Standing): Promise<void> {
    const next = (this.#handing ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => this.#handOverNow(call));
    this.#handing = next;
    return next;
  }
  #handing: Promise<void> | undefined;

  async #handOverNow(call?: Standing): Promise<void> {
    const customer = this.#known;
    if (!customer?.mark || customer.erasing || customer.mark.handed >= customer.nextSeq - 1) return;
    const { mark } = customer;
    const rows = this.#store.rows(mark.handed);
    const upTo = customer.nextSeq - 1;
    const { CUSTOMER } = this.env;
    const { site, receivers, source } = customer;
    const outcome = await CUSTOMER.get(CUSTOMER.idFromString(mark.into)).takeOver({
      ...(call ?? { site, receivers }),
      hand: {
        source,
        from: this.ctx.id.toString(),
        at: mark.at,
        rows,
        consent: customer.consent,
        streams: customer.streams,
        foreign: this.#store.allSeen(),
        spent: customer.spent,
        orders: customer.orders,
        bygone: customer.bygone,
        triggers: customer.attention.triggers,
      },
    });
    if (this.#known !== customer || customer.mark !== mark) return;
    if (outcome === "erased") return this.#followOrStay(mark);
    if (outcome === "full" && mark.handed === 0) return this.standAlone(mark.into);
    if (outcome !== "taken") return;
    this.#commit(() => {
      mark.handed = upTo;
      this.#store.save(customer);
    });
  }

  /** The customer this visitor was joined to is erased: who was joined by then goes with them, others stay themselves. */
  async #followOrStay({ into, at, handed }: Mark): Promise<void> {
    const { LEDGER } = this.env;
    const burial = await LEDGER.get(LEDGER.idFromString(this.#known!.receivers.ledger)).burial(into);
    if (burial && burial.at >= at) await this.eraseJoined(burial.at, handed);
    else await this.standAlone(into);
  }

  /** Takes a visitor's history over. Idempotent. */
  async takeOver(call: HandOverCall): Promise<TakenOver> {
    if (await this.#refusal(call)) return "erased";
    const now = Date.now();
    if (this.#isErased(call)) return "erased";
    const { hand } = call;
    const customer = this.#known ?? this.#newcomer(call, now);
    const isKnown = customer.joined.some((one) => one.source === hand.source);
    if (customer.mark || (customer.joined.length >= JOINED_MAX && !isKnown)) return "full";
    // They were let go, and hear of it next.
    if (customer.parted?.includes(hand.from)) return "later";
    this.#commit(() => {
      const joined = join(customer, hand, () => this.#store.rows(), now);
      this.#known = customer;
      this.#strip(customer, joined);
      for (const row of joined.rows) this.#store.append(row);
      this.#follow(customer, now, { isRefolded: true });
      this.#store.see(hand.foreign);
      this.#store.saveOrders(customer.orders, joined.changedOrders);
      this.#store.save(customer);
    });
    this.#viewText = undefined;
    this.#dispatch.startIfOwed(now);
    await this.#tellCourier();
    return "taken";
  }

  /** Undoes the merge of one visitor, named by object id. */
  async unmerge(visitor: string): Promise<"undone" | "unknown" | "too_late"> {
    const joined = this.#known?.joined.find((one) => one.from === visitor);
    if (joined && Date.now() > joined.at + UNDO_MS) return "too_late";
    return this.letGo(visitor);
  }

  /** Takes a visitor's part out of this customer, however old it is. What cannot be told at once is told by alarm. */
  async letGo(visitor: string): Promise<"undone" | "unknown"> {
    const customer = this.#known;
    const joined = customer?.joined.find((one) => one.from === visitor);
    if (!customer || customer.erasing || !joined) return "unknown";
    const now = Date.now();
    this.#commit(() => {
      const rows = this.#store.rows();
      const parted = part(customer, joined.source, rows, now)!;
      for (const row of rows) if (row.via === joined.source) this.#store.drop(row.seq);
      this.#strip(customer, parted);
      // Baskets that were theirs may have been taught in this customer's name.
      if (parted.withdrawn.length === 0) this.#keepOfRows(customer, MAY_ALL);
      for (const row of parted.rows) this.#store.append(row);
      this.#follow(customer, now, { isRefolded: true });
      this.#store.saveOrders(customer.orders, parted.changedOrders);
      customer.parted = [...(customer.parted ?? []), visitor];
      this.#store.save(customer);
    });
    this.#viewText = undefined;
    this.#dispatch.startIfOwed(now);
    await this.#tellParted();
    await this.#tellCourier();
    return "undone";
  }

  /** Tells visitors who were let go that they are themselves again. */
  async #tellParted(): Promise<void> {
    const { CUSTOMER } = this.env;
    for (const visitor of this.#known?.parted ?? []) {
      try {
        await CUSTOMER.get(CUSTOMER.idFromString(visitor)).standAlone(this.ctx.id.toString());
      } catch (error) {
        report("unmerge", error);
        continue;
      }
      this.#change((customer) => {
        const left = customer.parted?.filter((one) => one !== visitor) ?? [];
        customer.parted = left.length > 0 ? left : undefined;
      });
    }
  }

  /** A visitor whose merge into a customer was undone is themselves again. Idempotent. */
  async standAlone(into: string): Promise<void> {
    const customer = this.#known;
    if (customer?.mark?.into !== into || customer.erasing) return;
    const now = Date.now();
    this.#commit(() => {
      this.#store.append(resume(customer, this.#store.rows(), now));
      this.#follow(customer, now, { isRefolded: true });
      this.#store.saveAllOrders(customer.orders);
      this.#store.save(customer);
    });
    this.#viewText = undefined;
    this.#dispatch.startIfOwed(now);
  }

  // ——— erasing ———

  /**
   * Erases: what the site's numbers owe to this person is taken back, the ledger remembers that they are gone, and this
   * object's storage is cleared. Begun once, it is finished whatever happens.
   */
  async erase(
    call: Standing & { readonly receipt: string; readonly sealedId?: string | undefined },
  ): Promise<Burial> {
    const at = Date.now();
    const customer = this.#known;
    if (!customer) {
      const { LEDGER } = this.env;
      const ledger = LEDGER.get(LEDGER.idFromString(call.receivers.ledger));
      this.#erasedAt = at;
      this.#isChecked = false;
      const known = await ledger.burial(this.ctx.id.toString());
      if (known && known.returnedAt === null) return plain(known);
      const burial = await ledger.bury({
        object: this.ctx.id.toString(),
        at,
        receipt: call.receipt,
        shipment: { source: `none-${randomText(12)}`, parcels: [] },
        orders: [],
        sources: [],
        model: call.receivers.model,
        courier: call.receivers.courier,
        visitors: [],
        sealedId: call.sealedId,
      });
      return plain(burial);
    }
    const erasing = customer.erasing ?? { receipt: call.receipt, at, sealedId: call.sealedId };
    this.#begin(customer, erasing);
    return this.#finishErasing(customer, erasing);
  }

  /** The customer this visitor was joined to was erased, and took back what they had taken over, up to `upTo`. */
  async eraseJoined(at: EpochMs, upTo: number): Promise<void> {
    const customer = this.#known;
    if (!customer) return;
    const erasing = customer.erasing ?? { receipt: randomText(12), at, upTo };
    this.#begin(customer, erasing);
    await this.#finishErasing(customer, erasing);
  }

  #begin(customer: Whole, erasing: Erasing): void {
    if (customer.erasing) return;
    // Set first: without an alarm nothing is begun. Both are stored together, or neither is.
    void this.ctx.storage.setAlarm(erasing.at + PENDING_MS);
    this.#dispatch.forget();
    this.#commit(() => {
      customer.erasing = erasing;
      this.#store.save(customer);
    });
    this.#viewText = undefined;
  }

  async #finishErasing(customer: Whole, erasing: Erasing): Promise<Burial> {
    const { CUSTOMER, LEDGER } = this.env;
    // A marked visitor who asks to be erased takes their part out of the customer first, once nothing is on its way there.
    if (customer.mark && erasing.upTo === undefined) {
      await this.#handing?.catch(() => undefined);
      await CUSTOMER.get(CUSTOMER.idFromString(customer.mark.into)).letGo(this.ctx.id.toString());
    }
    const rows = this.#store.rows();
    const unsent = rows.filter((row) => row.seq > customer.sent && row.via === undefined);
    const ours = erasing.upTo === undefined ? rows : rows.filter((row) => row.seq > erasing.upTo!);
    const deltas = withdrawal(
      erasing.upTo === undefined ? customer : { ...customer, bygone: new Map() },
      ours,
    );
    const burial = await LEDGER.get(LEDGER.idFromString(customer.receivers.ledger)).bury({
      object: this.ctx.id.toString(),
      at: erasing.at,
      receipt: erasing.receipt,
      shipment: {
        source: customer.source,
        parcels: [
          ...unsent.map((row) => ({ seq: row.seq, payload: JSON.stringify({ deltas: row.deltas }) })),
          { seq: customer.nextSeq, payload: JSON.stringify({ deltas }) },
        ],
      },
      // Also orders given up in rows that have not left: the ledger still knows them as this party's.
      orders: [
        ...new Set(
          [...customer.orders.values(), ...unsent.flatMap((row) => row.claims)].map((one) => one.key),
        ),
      ],
      sources: [customer.source, ...customer.joined.map((one) => one.source)],
      tally: customer.tally,
      model: customer.receivers.model,
      courier: customer.receivers.courier,
      visitors: customer.joined.map(({ from, last }) => ({ object: from, upTo: last })),
      sealedId: erasing.sealedId,
    });
    if (this.#known === customer) await this.#empty(erasing.at);
    return plain(burial);
  }

  /**
   * Clears this object's storage: `deleteAll()` alone leaves no byte in any file.
   * @param at when the person was erased; absent where nothing forbids them to come back
   */
  async #empty(at?: EpochMs): Promise<void> {
    this.#known = undefined;
    this.#viewText = undefined;
    this.#isChecked = false;
    this.#dispatch.forget();
    try {
      await this.ctx.storage.deleteAll();
      this.#erasedAt = at;
    } catch (error) {
      // What still lies there must not be forgotten: whoever tries again has to find it.
      this.#store.reset();
      this.#known = this.#store.load();
      throw error;
    }
    this.#store.reset();
  }

  override async alarm(): Promise<void> {
    try {
      await this.#isRestoredErased();
    } catch (error) {
      report("restored", error);
      return this.ctx.storage.setAlarm(Date.now() + PENDING_MS);
    }
    const customer = this.#known;
    if (!customer) return;
    if (customer.erasing) {
      await this.ctx.storage.setAlarm(Date.now() + 5_000);
      await this.#finishErasing(customer, customer.erasing).catch((error: unknown) => report("erase", error));
      return;
    }
    const { nextAt } = customer.attention;
    if (nextAt !== undefined && nextAt <= Date.now())
      await this.lookAgain().catch((error: unknown) => report("lookAgain", error));
    await this.#dispatch.alarm((now) => (this.#isPending() ? now + PENDING_MS : this.#nextWake(now)));
    await this.#handOver().catch((error: unknown) => report("handOver", error));
    await this.#tellParted();
    await this.#tellCourier();
    const isOver =
      this.#known &&
      !this.#isPending() &&
      !this.#dispatch.owesAnything() &&
      isLapsed(this.#known, Date.now());
    if (isOver) await this.#empty().catch((error: unknown) => report("lapse", error));
  }

  /** Whether anybody beside the receivers of the log still has to hear of something. */
  #isPending(): boolean {
    const { mark, parted, ended, nextSeq = 0 } = this.#known ?? {};
    return (mark !== undefined && mark.handed < nextSeq - 1) || parted !== undefined || ended !== undefined;
  }

  /** When to look again: for retention, or because a segment or trigger is due. */
  #nextWake(now: EpochMs): EpochMs | undefined {
    const kept = this.#keepOnly(now);
    const nextAt = this.#known?.attention.nextAt;
    if (nextAt === undefined) return kept;
    // Due and still there: it could not be looked at; not at once again.
    const due = Math.max(nextAt, now + (nextAt <= now ? PENDING_MS : 0));
    return kept === undefined ? due : Math.min(kept, due);
  }

  /** Retention: lets go of what is past its time, and says when to look again. */
  #keepOnly(now: EpochMs): EpochMs | undefined {
    const customer = this.#known;
    if (!customer) return undefined;
    if (isLapsed(customer, now)) return now + PENDING_MS;
    const due = nextRetention(customer, this.#store.oldestAt());
    if (due > now) return due;
    this.#commit(() => {
      const rows = this.#store.rows();
      const kept: LogRow[] = [];
      for (const row of rows) {
        const left = retained(customer, row, now);
        if (left !== row) {
          const stays = new Set(left.events.map((event) => event.id));
          this.#store.unsee(row.events.flatMap(({ id }) => (stays.has(id) ? [] : [id])));
          this.#store.rewrite(left);
        }
        kept.push(left);
      }
      customer.profile = refold(kept);
      this.#follow(customer, now, { isRefolded: true });
      this.#store.save(customer);
    });
    this.#viewText = undefined;
    return Math.max(now + 86_400_000, nextRetention(customer, this.#store.oldestAt()));
  }
}

/**
 * What is left of a row: its events as far as they may still be used, and what it still owes. What was delivered says the
 * same as the events did, so it goes; facts that analytics does not cover any more do not leave.
 */
function remainder(row: LogRow, may: number, sent: number): LogRow {
  const { events } = stripped(row, may);
  const isSent = row.seq <= sent;
  const facts = isSent || (may & MAY_LEARN) === 0 ? [] : row.facts;
  const notices = isSent ? [] : row.notices;
  const isSame =
    events.length === row.events.length &&
    events.every((event, i) => event === row.events[i]) &&
    facts.length === row.facts.length &&
    notices.length === row.notices.length;
  return isSame ? row : { ...row, events, facts, notices };
}

/** A copy: what an RPC answered, handed on as it is, keeps both ends of it alive. */
const plain = ({ at, receipt, returnedAt }: Burial): Burial => ({ at, receipt, returnedAt });

function report(at: string, error: unknown): void {
  console.error(JSON.stringify({ at: `customer.${at}`, error: String(error) }));
}

export type { ConsentRecord };
