import * as v from "valibot";
import type { Purpose } from "../consent/consent.ts";
import type { EpochMs } from "../primitives/time.ts";

/** What a shop's systems can ask to be told. */
export const SUBSCRIBABLE_TYPES = [
  "customer_erased",
  "consent_changed",
  "order_recorded",
  "order_refunded",
  "import_finished",
  "segment_entered",
  "segment_left",
  "trigger_fired",
  "audience_left",
] as const;
export const SubscribableType = v.picklist(SUBSCRIBABLE_TYPES);
/** `test` is sent when somebody asks for it, to one endpoint, whatever it subscribes to. */
export type NoticeType = (typeof SUBSCRIBABLE_TYPES)[number] | "test";

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export type JsonObject = { readonly [key: string]: JsonValue };

/** Something that the shop's other systems may want to know. */
export type Notice = {
  /** Stable and unique, without dots: dots part the pieces of what is signed. */
  readonly id: string;
  readonly type: NoticeType;
  readonly at: EpochMs;
  /** The person's object id: finds what is queued about them, and is never sent. Empty: about nobody. */
  readonly subject: string;
  /** What the notice may be used for; only endpoints that declare this purpose get it. `null`: needs none. */
  readonly purpose: Purpose | null;
  /** The id by which the shop knows the customer. */
  readonly customerId: string | null;
  readonly data: JsonObject;
  /** A slot whose picks are added when it is sent. Then a purpose is stated too. */
  readonly slot?: string | undefined;
  /** The site, where a slot is named. */
  readonly site?: string | undefined;
};

/** These tell receivers to stop or to forget: an erasure or a withdrawal does not take them back. */
export const LASTING_TYPES: readonly NoticeType[] = ["customer_erased", "consent_changed", "audience_left"];
