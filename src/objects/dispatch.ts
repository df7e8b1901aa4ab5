import type { LogRow } from "../core/customer/log-row.ts";
import type { Whole } from "../core/customer/customer.ts";
import type { Verdict } from "../core/order/order.ts";
import type { EpochMs } from "../core/primitives/time.ts";
import type { Env } from "../env.ts";
import type { CustomerStore } from "../store/customer-store.ts";
import type { Parcel } from "../store/outbox.ts";

/** How soon effects leave: long enough to gather a page's events, short enough to learn within a second. */
const DRAIN_MS = 300;
/** When the alarm looks after what a timer should have sent: timers die with their process, alarms do not. */
const NET_MS = 4_000;
const RETRY_MS = 2_000;
const PAGE = 200;

/** What the dispatch needs of its customer's object. */
export type Sender = {
  readonly ctx: DurableObjectState;
  readonly env: Env;
  readonly store: CustomerStore;
  customer(): Whole | undefined;
  /** Takes verdicts in, by order key. */
  settle(verdicts: Readonly<Record<string, Verdict>>): void;
};

/**
 * Gets what a customer owes out of the log: by a timer a moment later, by the alarm whatever happens. The log is the
 * outbox: rows after a cursor are owed. The cursor is stored with the next row; after a crash some are sent again, and
 * receivers know repeats.
 */
export class Dispatch {
  readonly #sender: Sender;
  #isDraining = false;
  #hasTimer = false;
  /** When the alarm is set for, as far as this process knows. */
  #alarmAt: EpochMs | undefined;

  constructor(sender: Sender) {
    this.#sender = sender;
  }

  /**
   * Sees to it that what is owed leaves. Call in the turn of the transaction that owes it, without an await between: the
   * alarm is then stored together with the row.
   */
  start(now: EpochMs): void {
    if (!this.#hasTimer) this.#drainLater(DRAIN_MS);
    const due = this.#sender.customer()?.attention.nextAt ?? Infinity;
    const at = Math.min(now + NET_MS, Math.max(due, now));
    if (this.#alarmAt === undefined || this.#alarmAt > at || this.#alarmAt <= now) this.#arm(at);
  }

  /** Sees to it that the alarm rings by then. */
  wakeBy(at: EpochMs | undefined): void {
    if (at !== undefined && (this.#alarmAt === undefined || this.#alarmAt > at)) this.#arm(at);
  }

  /** The same where anything is owed; also by an earlier call that failed after its transaction. */
  startIfOwed(now: EpochMs): void {
    if (this.owesAnything()) this.start(now);
  }

  /** The alarm as this process knows it is gone, after a failed transaction or a `deleteAll()`. */
  forget(): void {
    this.#alarmAt = undefined;
  }

  #arm(at: EpochMs): void {
    this.#alarmAt = undefined; // Known only once it is set.
    void this.#sender.ctx.storage.setAlarm(at);
    this.#alarmAt = at;
  }

  /**
   * Looks after the outbox when no timer does. Plans its next run before it works and never throws: after about two
   * minutes of throwing the platform drops an alarm for good.
   * @param quiet when the customer next has to be looked at, if nothing is owed
   */
  async alarm(quiet: (now: EpochMs) => EpochMs | undefined): Promise<void> {
    const now = Date.now();
    try {
      if (this.owesAnything()) {
        this.#arm(now + RETRY_MS);
        await this.drain();
      }
      if (this.owesAnything()) return;
      const next = quiet(now);
      if (next === undefined) {
        this.#alarmAt = undefined;
        await this.#sender.ctx.storage.deleteAlarm();
      } else this.#arm(next);
    } catch (error) {
      console.error(JSON.stringify({ at: "customer.alarm", error: String(error) }));
      this.#arm(Date.now() + RETRY_MS);
    }
  }

  /** Whether a row is still to be delivered, as far as this process knows. */
  owesAnything(): boolean {
    const customer = this.#sender.customer();
    return customer !== undefined && customer.sent < customer.nextSeq - 1;
  }

  #drainLater(ms: number): void {
    this.#hasTimer = true;
    const later = new Promise((resolve) => setTimeout(resolve, ms));
    this.#sender.ctx.waitUntil(
      later.then(() => {
        this.#hasTimer = false;
        return this.drain();
      }),
    );
  }

  /** Sends everything owed, in order. Never throws: what fails is sent again by the alarm. */
  async drain(): Promise<void> {
    if (this.#isDraining) return;
    this.#isDraining = true;
    try {
      for (;;) {
        const customer = this.#sender.customer();
        if (!customer) return;
        const rows = this.#sender.store.rows(customer.sent, PAGE);
        if (rows.length === 0) {
          customer.sent = customer.nextSeq - 1;
          return;
        }
        const verdicts = await this.#send(customer, rows);
        // An erasure may have come between: then there is nobody to note anything for.
        if (this.#sender.customer() !== customer) return;
        customer.sent = rows.at(-1)!.seq;
        this.#sender.settle(verdicts);
        if (!this.owesAnything()) return;
      }
    } catch (error) {
      console.error(JSON.stringify({ at: "customer.drain", error: String(error) }));
    } finally {
      this.#isDraining = false;
    }
  }

  async #send(customer: Whole, rows: readonly LogRow[]): Promise<Readonly<Record<string, Verdict>>> {
    const { MODEL, LEDGER, COURIER } = this.#sender.env;
    const { source, receivers } = customer;
    const own = rows.filter((row) => row.via === undefined);
    const parcels = (part: (row: LogRow) => unknown): Parcel[] =>
      own.flatMap((row) => {
        const payload = part(row);
        return payload === undefined
          ? []
          : [{ seq: row.seq, at: row.receivedAt, payload: JSON.stringify(payload) }];
      });
    const facts = parcels(({ facts: list }) => (list.length > 0 ? list : undefined));
    const notices = parcels(({ notices: list }) => (list.length > 0 ? list : undefined));
    const { tally } = customer;
    const sums = parcels(({ deltas, claims }) => {
      const own = tally === undefined ? deltas : [];
      return own.length + claims.length > 0
        ? { deltas: own, ...(claims.length > 0 ? { claims } : {}) }
        : undefined;
    });
    const elsewhere =
      tally === undefined ? [] : parcels(({ deltas }) => (deltas.length > 0 ? { deltas } : undefined));
    const { card } = customer.attention;
    // Told with the row it changed with, whatever else that owes; after a crash once more.
    const news =
      card && card.seq > customer.sent
        ? { seq: card.seq, card: card.body ?? null, watch: customer.attention.watch ?? [] }
        : undefined;
    const hasClaims = own.some((row) => row.claims.length > 0);
    const [counted] = await Promise.all([
      sums.length > 0 || news
        ? LEDGER.get(LEDGER.idFromString(receivers.ledger)).receive({
            source,
            parcels: sums,
            ...(hasClaims || news ? { party: this.#sender.ctx.id.toString() } : {}),
            ...(news ? { card: news } : {}),
          })
        : undefined,
      tally !== undefined &&
        elsewhere.length > 0 &&
        LEDGER.get(LEDGER.idFromString(tally)).receive({ source, parcels: elsewhere }),
      facts.length > 0 && MODEL.get(MODEL.idFromString(receivers.model)).receive({ source, parcels: facts }),
      notices.length > 0 &&
        COURIER.get(COURIER.idFromString(receivers.courier)).receive({ source, parcels: notices }),
    ]);
    return counted?.verdicts ?? {};
  }
}
