import type { Purpose } from "../core/consent/consent.ts";
import type { EpochMs } from "../core/primitives/time.ts";
import { wants, type Endpoint } from "../core/webhook/endpoint.ts";
import { SLOW_MS } from "../core/webhook/lanes.ts";
import { headerIdOf, messageOf } from "../core/webhook/message.ts";
import { LASTING_TYPES, type JsonObject, type Notice } from "../core/webhook/notice.ts";
import { nextTryAt } from "../core/webhook/retry.ts";
import { hmac, toBase64url } from "../edge/hmac.ts";
import { lengthPrefixed } from "../edge/length-prefixed.ts";
import { seal, unseal } from "../edge/seal.ts";
import type { Env } from "../env.ts";
import {
  addOutcome,
  bodyOf,
  deleteDelivery,
  dropAbout,
  hush,
  insertDelivery,
  isHushed,
  moveDelivery,
  type Delivery,
  type NewDelivery,
} from "../store/courier-store.ts";
import type { Shipment } from "../store/outbox.ts";
import { receiveOnce } from "../store/receipts.ts";
import type { Storage } from "../store/sql.ts";
import type { AddressBook } from "./address-book.ts";
import type { PicksAsked } from "./compose-picks.ts";
import { postMessage, type Posted } from "./post-message.ts";
import { signedHeaders } from "./webhook-signature.ts";

/** Beyond this many bytes nothing is queued any more, so that what is queued can still be sent and deleted. */
const STORED_BYTES_MAX = 8 * 1024 ** 3;
/** Bytes of a tag: enough that no two people share one. */
const TAG_BYTES = 16;

/** What a sealed body is for: it opens only as the delivery it was sealed for. */
const useOf = ({ endpoint, id }: { readonly endpoint: string; readonly id: string }): string =>
  lengthPrefixed(["webhook-body", endpoint, id]);

/** Before what is sealed of a notice whose picks are decided at each try. */
const WITH_PICKS = "picks ";
type Asking = {
  readonly notice: Pick<Notice, "type" | "at" | "customerId" | "data">;
  readonly asked: PicksAsked;
};

/** What is kept of a notice until it is sent: its body, or what the body is made from. */
function sealedText(notice: Notice): string {
  const { type, at, customerId, data, slot, subject, purpose, site } = notice;
  if (slot === undefined || site === undefined || purpose === null) return messageOf(notice);
  const asked: PicksAsked = { site, subject, unit: customerId ?? subject, slot, purpose };
  return WITH_PICKS + JSON.stringify({ notice: { type, at, customerId, data }, asked } satisfies Asking);
}

type Draft = NewDelivery & { readonly noticedAt: EpochMs };

/** Makes deliveries out of notices, tries them, and stores what came of it. */
export class Deliveries {
  readonly #env: Env;
  readonly #courier: string;
  readonly #storage: Storage;
  readonly #book: AddressBook;
  readonly #queued: () => void;
  readonly #compose: (asked: PicksAsked) => Promise<JsonObject | "withheld">;

  /** @param queued called in the turn in which something was queued or dropped: sets the alarm along with it */
  constructor(
    env: Env,
    courier: string,
    storage: Storage,
    book: AddressBook,
    queued: () => void,
    compose: (asked: PicksAsked) => Promise<JsonObject | "withheld">,
  ) {
    this.#env = env;
    this.#compose = compose;
    this.#courier = courier;
    this.#storage = storage;
    this.#book = book;
    this.#queued = queued;
  }

  /** By what deliveries about a person are found again, and nobody else can tell whom they are about. */
  async tagOf(subject: string): Promise<string> {
    if (subject === "") return "";
    const digest = await hmac(this.#env.CONCIERGE_SECRET, "webhook-subject", subject);
    return toBase64url(digest.slice(0, TAG_BYTES));
  }

  /**
   * Queues a shipment's notices for whom they concern.
   * @param first done before, in the same transaction, for each parcel that was not applied yet
   * @returns the last sequence that is now applied
   */
  async take(shipment: Shipment, first: () => void = () => undefined): Promise<number> {
    // Where nobody wants to be told, nothing is queued, and nothing has to be remembered either.
    if (this.#book.all().length === 0) return shipment.parcels.at(-1)?.seq ?? 0;
    if (this.#storage.sql.databaseSize > STORED_BYTES_MAX)
      throw new Error("Too many deliveries are queued; the senders keep theirs.");
    const drafts = new Map<number, readonly Draft[]>();
    for (const { seq, payload } of shipment.parcels)
      drafts.set(seq, await this.#draftsOf(JSON.parse(payload) as Notice[]));
    const now = Date.now();
    // All are due at once, and yet in the order in which they were noticed.
    let dueAt = now - [...drafts.values()].reduce((sum, list) => sum + list.length, 0);
    const last = this.#storage.transactionSync(() =>
      receiveOnce(this.#storage, shipment, ({ seq }) => {
        first();
        for (const draft of drafts.get(seq)!)
          if (this.#mayQueue(draft)) insertDelivery(this.#storage, draft, now, dueAt++);
      }),
    );
    this.#queued();
    return last;
  }

  /** Drops what is queued about a person, and what was noticed about them until now and is still to arrive. */
  async drop(subject: string, purposes?: readonly Purpose[]): Promise<void> {
    const tag = await this.tagOf(subject);
    this.#storage.transactionSync(() => this.dropTagged(tag, purposes));
    this.#queued();
  }

  dropTagged(tag: string, purposes?: readonly Purpose[]): void {
    if (tag === "") return;
    dropAbout(this.#storage, tag, LASTING_TYPES, purposes);
    for (const purpose of purposes ?? [""]) hush(this.#storage, tag, purpose, Date.now());
  }

  #draftsOf(notices: readonly Notice[]): Promise<Draft[]> {
    const endpoints = this.#book.all();
    return Promise.all(
      notices.flatMap((notice) =>
        endpoints
          .filter((endpoint) => wants(endpoint, notice))
          .map(async ({ id: endpoint }): Promise<Draft> => {
            const { type, at: noticedAt } = notice;
            const id = headerIdOf(notice.id);
            const [tag, body] = await Promise.all([
              this.tagOf(notice.subject),
              seal(this.#env, useOf({ endpoint, id }), sealedText(notice)),
            ]);
            return { endpoint, id, type, purpose: notice.purpose ?? "", tag, body, noticedAt };
          }),
      ),
    );
  }

  /** Whether a draft still stands: sealing took a moment, and it may have been under way for longer. */
  #mayQueue({ endpoint, type, purpose, tag, noticedAt }: Draft): boolean {
    if (this.#book.find(endpoint)?.state !== "enabled") return false;
    return LASTING_TYPES.includes(type) || tag === "" || !isHushed(this.#storage, tag, purpose, noticedAt);
  }

  /** Signs and posts a message once, now. Never throws for what the receiver does. */
  async post(
    endpoint: Endpoint,
    message: { readonly id: string; readonly body: string },
    isWanted: () => boolean = () => true,
  ): Promise<Posted> {
    const headers = await signedHeaders(this.#env, this.#courier, endpoint, {
      ...message,
      sentAt: Date.now(),
    });
    if (!isWanted()) return { kind: "failed", reason: "no longer wanted", ms: 0 };
    return postMessage(endpoint.url, headers, message.body);
  }

  /** Tries a delivery once and stores what came of it. @throws when that cannot be stored */
  async attempt(one: Delivery): Promise<"quick" | "slow"> {
    const endpoint = this.#book.find(one.endpoint);
    const sealed = bodyOf(this.#storage, one);
    if (!endpoint || sealed === undefined) return "quick";
    const text = await unseal(this.#env, useOf(one), sealed);
    if (text === undefined) {
      this.#settle(one, { kind: "failed", reason: "its body cannot be opened any more", ms: 0 }, true);
      return "quick";
    }
    const body = await this.#bodyNow(text).catch((error: unknown) => {
      console.error(JSON.stringify({ at: "courier.picks", error: String(error) }));
      return undefined;
    });
    if (body === undefined) {
      this.#settle(one, { kind: "failed", reason: "its picks could not be decided", ms: 0 }, false);
      return "quick";
    }
    if (body === "withheld") {
      this.#withhold(one);
      return "quick";
    }
    // Whoever was erased, or withdrew, in this moment is not told of any more.
    const posted = await this.post(
      endpoint,
      { id: one.id, body },
      () => bodyOf(this.#storage, one) !== undefined,
    );
    this.#settle(one, posted, false);
    return posted.ms > SLOW_MS ? "slow" : "quick";
  }

  /** The body as it is now: picks are decided at each try, and what may not be told any more is not. */
  async #bodyNow(text: string): Promise<string> {
    if (!text.startsWith(WITH_PICKS)) return text;
    const { notice, asked } = JSON.parse(text.slice(WITH_PICKS.length)) as Asking;
    const picks = await this.#compose(asked);
    return picks === "withheld" ? picks : messageOf({ ...notice, data: { ...notice.data, picks } });
  }

  /** Takes back what may not be told any more. */
  #withhold(one: Delivery): void {
    const { endpoint, id, type, tries } = one;
    this.#storage.transactionSync(() => {
      deleteDelivery(this.#storage, one);
      const reason = "the customer does not allow it any more";
      addOutcome(this.#storage, {
        at: Date.now(),
        endpoint,
        id,
        type,
        tries,
        outcome: "withheld",
        reason,
        ms: 0,
      });
    });
  }

  #settle(one: Delivery, posted: Posted, isHopeless: boolean): void {
    const now = Date.now();
    const tries = one.tries + 1;
    this.#storage.transactionSync(() => {
      if (bodyOf(this.#storage, one) === undefined) return;
      const { endpoint, id, type } = one;
      const next =
        isHopeless || posted.kind !== "failed" ? undefined : nextTryAt(`${endpoint} ${id}`, tries, now);
      const outcome = posted.kind === "delivered" ? "delivered" : next === undefined ? "parked" : "failed";
      if (outcome === "delivered") deleteDelivery(this.#storage, one);
      else
        moveDelivery(this.#storage, one, {
          state: next === undefined ? "parked" : "waiting",
          nextAt: next ?? now,
          tries,
        });
      addOutcome(this.#storage, {
        at: now,
        endpoint,
        id,
        type,
        tries,
        outcome,
        reason: posted.reason,
        ms: posted.ms,
      });
    });
    this.disableAfter(one.endpoint, posted, now);
  }

  /** An endpoint that is gone, or may not be sent to, is sent to no more. */
  disableAfter(endpoint: string, posted: Posted, now: EpochMs): void {
    if (posted.kind === "gone") this.#book.disable(endpoint, "It answered 410: it wants no more.", now);
    if (posted.kind === "unsafe") this.#book.disable(endpoint, "Its address may not be sent to.", now);
  }
}
