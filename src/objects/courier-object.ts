import { DurableObject } from "cloudflare:workers";
import type { Purpose } from "../core/consent/consent.ts";
import type { EpochMs } from "../core/primitives/time.ts";
import type { Problem } from "../core/problem/problem.ts";
import type { Endpoint, EndpointRequest } from "../core/webhook/endpoint.ts";
import { messageOf } from "../core/webhook/message.ts";
import type { Notice } from "../core/webhook/notice.ts";
import { signingSecrets } from "../core/webhook/secret-version.ts";
import { timestampOf } from "../core/webhook/timestamp.ts";
import { ERASED_ID_USE, unseal } from "../edge/seal.ts";
import type { Env } from "../env.ts";
import {
  addOutcome,
  COURIER_MIGRATIONS,
  countDeliveries,
  listDeliveries,
  listOutcomes,
  replayParked,
  type Delivery,
  type DeliveryState,
  type Outcome,
} from "../store/courier-store.ts";
import { migrate } from "../store/migrations.ts";
import type { Shipment } from "../store/outbox.ts";
import { AddressBook } from "./address-book.ts";
import { composePicks } from "./compose-picks.ts";
import { CourierClock } from "./courier-clock.ts";
import { Deliveries } from "./deliveries.ts";
import { randomText } from "./random.ts";
import { Rounds } from "./rounds.ts";
import { webhookSecret } from "./webhook-signature.ts";

/** Deliveries listed at once. */
const LISTED_MAX = 200;

/** An endpoint as its owner sees it: without any secret. */
export type EndpointView = Omit<Endpoint, "secrets"> & {
  /** Until when the secret before the current one is still good. */
  readonly previousSecretUntil?: EpochMs;
  readonly waiting: number;
  readonly parked: number;
};

/** What the ledger says of an erasure. */
export type Burial = {
  readonly subject: string;
  readonly at: EpochMs;
  readonly receipt: string;
  readonly sealedId: string | null;
};

/** Carries a site's notices to the shop's other systems: signed, tried again, parked. Standard Webhooks 1.0. */
export class CourierObject extends DurableObject<Env> {
  readonly #book: AddressBook;
  readonly #deliveries: Deliveries;
  readonly #rounds: Rounds;
  readonly #clock: CourierClock;
  /** Ends when every call that came before has been applied. */
  #before: Promise<unknown> = Promise.resolve();

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const { storage } = ctx;
    migrate(storage, COURIER_MIGRATIONS);
    this.#book = new AddressBook(storage);
    this.#deliveries = new Deliveries(
      env,
      ctx.id.toString(),
      storage,
      this.#book,
      () => this.#go(),
      (asked) => composePicks(env, asked),
    );
    this.#rounds = new Rounds({
      storage,
      endpoints: () => this.#book.all(),
      attempt: (one) => this.#deliveries.attempt(one),
      changed: () => this.#clock.arm(),
    });
    this.#clock = new CourierClock(storage, this.#rounds, () => this.#book.all().map(({ id }) => id));
  }

  /** Queues what customers' objects noticed, each parcel once. A parcel's payload is a JSON list of notices. */
  receive(shipment: Shipment): Promise<number> {
    return this.#inOrder(() => this.#deliveries.take(shipment));
  }

  /** Drops what is queued about a person, whatever it is for, but for what tells receivers to stop. Idempotent. */
  purge(subject: string): Promise<void> {
    return this.#inOrder(() => this.#deliveries.drop(subject));
  }

  /** Drops what is queued about a person for purposes they no longer allow. Idempotent. */
  withdraw(subject: string, purposes: readonly Purpose[]): Promise<void> {
    return this.#inOrder(() => this.#deliveries.drop(subject, purposes));
  }

  /**
   * Somebody was erased: drops what is queued about them, and tells receivers who knew them by an id. Done once for each
   * receipt, since the person may have come back when it is told again.
   */
  async buried({ subject, at, receipt, sealedId }: Burial): Promise<void> {
    const [tag, customerId] = await Promise.all([
      this.#deliveries.tagOf(subject),
      sealedId === null ? undefined : unseal(this.env, ERASED_ID_USE, sealedId),
    ]);
    const notice = (id: string): Notice => ({
      id: `erased_${receipt}`,
      type: "customer_erased",
      at,
      subject,
      purpose: null,
      customerId: id,
      data: { receipt, erasedAt: timestampOf(at) },
    });
    const payload = JSON.stringify(customerId === undefined ? [] : [notice(customerId)]);
    const shipment = { source: `burial ${receipt}`, parcels: [{ seq: 1, payload }] };
    await this.#inOrder(() => this.#deliveries.take(shipment, () => this.#deliveries.dropTagged(tag)));
  }

  /** Adds or changes an endpoint. The secret is told only when it is added. */
  async putEndpoint(
    id: string,
    request: EndpointRequest,
    ownHost: string,
  ): Promise<{ readonly endpoint: EndpointView; readonly secret?: string } | Problem> {
    const put = this.#book.put(id, request, ownHost, Date.now());
    if ("code" in put) return put;
    this.#go();
    const endpoint = this.#viewOf(put.endpoint);
    return put.isNew ? { endpoint, secret: await this.#secretOf(put.endpoint) } : { endpoint };
  }

  endpoints(): EndpointView[] {
    return this.#book.all().map((endpoint) => this.#viewOf(endpoint));
  }

  deleteEndpoint(id: string): boolean {
    return this.#book.delete(id);
  }

  /** Gives an endpoint a new secret; the one before signs beside it for so many hours. */
  async rotate(
    id: string,
    overlapHours: number,
  ): Promise<{ readonly endpoint: EndpointView; readonly secret: string } | undefined> {
    const endpoint = this.#book.rotate(id, overlapHours, Date.now());
    return endpoint && { endpoint: this.#viewOf(endpoint), secret: await this.#secretOf(endpoint) };
  }

  /** Sends an endpoint a notice of nothing, once, now, and says what came of it. Also while it is disabled. */
  async sendTest(id: string): Promise<Outcome | undefined> {
    const endpoint = this.#book.find(id);
    if (!endpoint) return undefined;
    const at = Date.now();
    const message = {
      id: `test_${randomText(12)}`,
      body: messageOf({ type: "test", at, customerId: null, data: {} }),
    };
    const posted = await this.#deliveries.post(endpoint, message);
    const outcome: Outcome = {
      at,
      endpoint: id,
      id: message.id,
      type: "test",
      tries: 1,
      outcome: posted.kind === "delivered" ? "delivered" : "failed",
      reason: posted.reason,
      ms: posted.ms,
    };
    this.ctx.storage.transactionSync(() => {
      addOutcome(this.ctx.storage, outcome);
      this.#deliveries.disableAfter(id, posted, at);
    });
    return outcome;
  }

  deliveries(state: DeliveryState): Delivery[] {
    return listDeliveries(this.ctx.storage, state, LISTED_MAX);
  }

  /** The latest tries, the latest first. */
  outcomes(): Outcome[] {
    return listOutcomes(this.ctx.storage);
  }

  /** Has parked deliveries tried again with their old ids: one, an endpoint's, or all. Those of disabled endpoints stay. */
  replay(which: { readonly id?: string | undefined; readonly endpoint?: string | undefined }): number {
    const { storage } = this.ctx;
    const now = Date.now();
    const endpoints = this.#book
      .all()
      .filter(({ id, state }) => state === "enabled" && (which.endpoint ?? id) === id);
    const replayed = storage.transactionSync(() =>
      endpoints.reduce((sum, { id }) => sum + replayParked(storage, id, which.id, now), 0),
    );
    this.#go();
    return replayed;
  }

  /** Deliveries by state. @example { waiting: 0, parked: 0 } */
  status(): Record<DeliveryState, number> {
    const sums = { waiting: 0, parked: 0 };
    for (const { state, n } of countDeliveries(this.ctx.storage)) sums[state] += n;
    return sums;
  }

  #viewOf({ secrets, ...endpoint }: Endpoint): EndpointView {
    const until = signingSecrets(secrets, Date.now())[1]?.until;
    const counts = countDeliveries(this.ctx.storage, endpoint.id);
    const count = (state: DeliveryState) => counts.find((one) => one.state === state)?.n ?? 0;
    return {
      ...endpoint,
      ...(until ? { previousSecretUntil: until } : {}),
      waiting: count("waiting"),
      parked: count("parked"),
    };
  }

  #secretOf({ id, secrets }: Endpoint): Promise<string> {
    return webhookSecret(this.env, this.ctx.id.toString(), id, secrets[0]!.version);
  }

  /**
   * Applies calls in the order in which they came: sealing takes a moment, and a withdrawal must not overtake the notices
   * before it.
   */
  #inOrder<T>(apply: () => Promise<T>): Promise<T> {
    const applied = this.#before.then(apply);
    this.#before = applied.catch(() => undefined);
    return applied;
  }

  /** Sends what is due, and sees to it that the rest is. */
  #go(): void {
    this.#rounds.fill();
    this.#clock.arm();
  }

  /** Plans its next run before it works and never throws: after two minutes of throwing the platform drops an alarm. */
  override async alarm(): Promise<void> {
    await this.#clock.ring();
  }
}
