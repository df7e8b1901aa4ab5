import type { ShelfChange } from "../core/catalog/shelf-change.ts";
import type { Verdict } from "../core/order/order.ts";
import type { EpochMs } from "../core/primitives/time.ts";
import type { Env } from "../env.ts";
import { listCards } from "../store/card-store.ts";
import type { Shipment } from "../store/outbox.ts";
import { owe, owedNow, settleOwed, type Owed } from "../store/ledger-store.ts";

const NET_MS = 4_000;
const RETRY_MS = 2_000;
const PAGE = 100;
/** Customers who look again at a time. */
const SWEEP_PAGE = 50;

/** What the ledger tells others. Every act is idempotent: it is told again until it is confirmed. */
export type Act =
  | { readonly act: "settle"; readonly key: string; readonly verdict: Verdict }
  | { readonly act: "forget"; readonly sources: readonly string[]; readonly receipt: string }
  | {
      readonly act: "purge";
      readonly subject: string;
      readonly at: EpochMs;
      readonly receipt: string;
      readonly sealedId: string | null;
    }
  /** What an erased customer had contributed to a shard of the sums, and the withdrawal of it. */
  | { readonly act: "tally"; readonly shipment: Shipment }
  | { readonly act: "shelf"; readonly changes: readonly ShelfChange[] }
  /** Has every customer after an object id look at their segments again. */
  | { readonly act: "sweep"; readonly after: string }
  | { readonly act: "erase"; readonly at: EpochMs; readonly upTo: number };

/** Runs the ledger's errands: at once when there are some, by alarm whatever happens. */
export class Errands {
  readonly #ctx: DurableObjectState;
  readonly #env: Env;
  #isRunning = false;
  #isArmed = false;

  constructor(ctx: DurableObjectState, env: Env) {
    this.#ctx = ctx;
    this.#env = env;
  }

  size(): number {
    return this.#ctx.storage.sql.exec<{ n: number }>("SELECT COUNT(*) AS n FROM owed").one().n;
  }

  /** Call in the turn of the transaction that owes something, so that alarm and debt are stored together. */
  start(): void {
    if (owedNow(this.#ctx.storage, 1).length === 0) return;
    if (!this.#isArmed) {
      void this.#ctx.storage.setAlarm(Date.now() + NET_MS);
      this.#isArmed = true; // Known only once it is set.
    }
    this.#ctx.waitUntil(this.#run());
  }

  /** Plans its next run before it works and never throws: an alarm that throws for two minutes is dropped for good. */
  async alarm(): Promise<void> {
    this.#isArmed = false;
    if (owedNow(this.#ctx.storage, 1).length === 0) return;
    await this.#ctx.storage.setAlarm(Date.now() + RETRY_MS);
    this.#isArmed = true;
    await this.#run();
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      for (;;) {
        const owed = owedNow(this.#ctx.storage, PAGE);
        const done = await Promise.all(owed.map((one) => this.#tell(one)));
        // An errand may bring others: whoever is erased leaves an estate of their own.
        if (!done.includes(true)) return;
      }
    } finally {
      this.#isRunning = false;
    }
  }

  /** One page of a sweep; the next one is owed in the same transaction. Who cannot be reached follows with their next event. */
  async #sweep(owed: Owed, after: string): Promise<boolean> {
    const { storage } = this.#ctx;
    const { CUSTOMER } = this.#env;
    const objects = listCards(storage, after, SWEEP_PAGE).map(({ object }) => object);
    const looked = await Promise.allSettled(
      objects.map((object) => CUSTOMER.get(CUSTOMER.idFromString(object)).lookAgain()),
    );
    for (const one of looked)
      if (one.status === "rejected")
        console.error(JSON.stringify({ at: "ledger.sweep", error: String(one.reason) }));
    storage.transactionSync(() => {
      settleOwed(storage, owed.id);
      if (objects.length > 0) owe(storage, "", { act: "sweep", after: objects.at(-1)! });
    });
    return true;
  }

  async #tell(owed: Owed): Promise<boolean> {
    const { CUSTOMER, MODEL, COURIER, LEDGER } = this.#env;
    try {
      const act = JSON.parse(owed.body) as Act;
      if (act.act === "sweep") return await this.#sweep(owed, act.after);
      if (act.act === "settle") {
        await CUSTOMER.get(CUSTOMER.idFromString(owed.target)).settle({ [act.key]: act.verdict });
      } else if (act.act === "erase") {
        await CUSTOMER.get(CUSTOMER.idFromString(owed.target)).eraseJoined(act.at, act.upTo);
      } else if (act.act === "tally") {
        await LEDGER.get(LEDGER.idFromString(owed.target)).receive(act.shipment);
      } else if (act.act === "shelf") {
        await CUSTOMER.get(CUSTOMER.idFromString(owed.target)).shelfChanged(act.changes);
      } else if (act.act === "forget") {
        await MODEL.get(MODEL.idFromString(owed.target)).forget({
          sources: [...act.sources],
          receiptId: act.receipt,
        });
      } else {
        await COURIER.get(COURIER.idFromString(owed.target)).buried(act);
      }
      settleOwed(this.#ctx.storage, owed.id);
      return true;
    } catch (error) {
      console.error(JSON.stringify({ at: "ledger.errand", error: String(error) }));
      return false;
    }
  }
}
