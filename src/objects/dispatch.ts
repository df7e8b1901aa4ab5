import type { EpochMs } from "../core/primitives/time.ts";
import type { Env } from "../env.ts";
import type { Customer } from "../store/customer-store.ts";
import { forgetUpTo, outboxSize, owedAfter, parcelsOf } from "../store/outbox.ts";
import { arm, cancel, plan, replan } from "../store/schedule.ts";

/** How soon effects leave: long enough to gather a page's events, short enough to learn within a second. */
const DRAIN_MS = 300;
/** When the alarm looks after what a timer should have sent: timers die with their process, alarms do not. */
const NET_MS = 4_000;
const RETRY_MS = 2_000;

/**
 * Gets a customer's effects out of the outbox: by a timer a moment later, by the alarm whatever happens. A timer costs no
 * row; the alarm is set once for some seconds of activity and clears what was confirmed.
 */
export class Dispatch {
  readonly #ctx: DurableObjectState;
  readonly #env: Env;
  /** Both receivers have confirmed up to here. Forgotten with the process; receivers know repeats. */
  #confirmed = 0;
  #isDraining = false;
  #hasTimer = false;
  #isArmed = false;
  #owes = false;
  #plannedAt: EpochMs = 0;

  constructor(ctx: DurableObjectState, env: Env) {
    this.#ctx = ctx;
    this.#env = env;
  }

  /** Plans the alarm. Call inside the transaction that posts. */
  plan(now: EpochMs): void {
    this.#owes = true;
    // The plan stands in its table; memory only spares asking for it at every event.
    if (now < this.#plannedAt) return;
    this.#plannedAt = now + NET_MS;
    if (plan(this.#ctx.storage, "drain", this.#plannedAt)) this.#isArmed = false;
  }

  /** Sets alarm and timer for what was planned. Call after the transaction; a first call also heals a lost alarm. */
  async arm(customer: Customer): Promise<void> {
    if (this.#owes && !this.#hasTimer) this.#drainSoon(customer);
    this.#owes = false;
    if (this.#isArmed) return;
    this.#isArmed = true;
    await arm(this.#ctx.storage);
  }

  /** Drops what memory believes of the table, after a transaction that failed. */
  forget(): void {
    this.#isArmed = false;
    this.#owes = false;
    this.#plannedAt = 0;
  }

  /**
   * Looks after the outbox when no timer does. Plans its next run before it works and never throws: after about two
   * minutes of throwing the platform drops an alarm for good.
   */
  async alarm(customer: Customer): Promise<void> {
    const { storage } = this.#ctx;
    try {
      this.forget();
      if (!this.#settle()) {
        replan(storage, "drain", Date.now() + RETRY_MS);
        await arm(storage);
        await this.#drain(customer);
        this.#settle();
      }
      await arm(storage);
    } catch (error) {
      console.error(JSON.stringify({ at: "customer.alarm", error: String(error) }));
      await storage.setAlarm(Date.now() + RETRY_MS);
    }
  }

  /** Sends what is owed a moment from now, once for all that comes until then. */
  #drainSoon(customer: Customer): void {
    this.#hasTimer = true;
    const later = new Promise((resolve) => setTimeout(resolve, DRAIN_MS));
    this.#ctx.waitUntil(
      later.then(() => {
        this.#hasTimer = false;
        return this.#drain(customer);
      }),
    );
  }

  /** Sends everything owed to both receivers, in order. Never throws: what fails is sent again by the alarm. */
  async #drain(customer: Customer): Promise<void> {
    if (this.#isDraining) return;
    this.#isDraining = true;
    try {
      const source = `${this.#ctx.id.toString()}:${customer.epoch}`;
      const { MODEL, LEDGER } = this.#env;
      for (;;) {
        const owed = owedAfter(this.#ctx.storage, this.#confirmed);
        if (owed.length === 0) return;
        const facts = parcelsOf(owed, "facts");
        const deltas = parcelsOf(owed, "deltas");
        await Promise.all([
          facts.length > 0 &&
            MODEL.get(MODEL.idFromString(customer.model)).receive({ source, parcels: facts }),
          deltas.length > 0 &&
            LEDGER.get(LEDGER.idFromString(customer.ledger)).receive({ source, parcels: deltas }),
        ]);
        this.#confirmed = owed.at(-1)!.seq;
      }
    } catch (error) {
      console.error(JSON.stringify({ at: "customer.drain", error: String(error) }));
    } finally {
      this.#isDraining = false;
    }
  }

  /** Clears what both receivers have confirmed; with nothing left there is nothing to look after. */
  #settle(): boolean {
    const { storage } = this.#ctx;
    return storage.transactionSync(() => {
      if (this.#confirmed > 0) forgetUpTo(storage, this.#confirmed);
      if (outboxSize(storage) > 0) return false;
      cancel(storage, "drain");
      return true;
    });
  }
}
