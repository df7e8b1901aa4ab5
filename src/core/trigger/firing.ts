import type { TriggerEffect } from "../config/trigger-config.ts";
import type { Purpose } from "../consent/consent.ts";
import { digestOf } from "../event/resolved.ts";
import type { EpochMs } from "../primitives/time.ts";
import type { JsonObject } from "../webhook/notice.ts";

/** A trigger that has fired. */
export type Fired = {
  /** The same for the same occasion, however often it is told: receivers know repeats by it. */
  readonly id: string;
  readonly trigger: string;
  readonly occasion: string;
  readonly at: EpochMs;
  readonly purpose: Purpose;
  /** What is told of the occasion. */
  readonly data: JsonObject;
  /** What is to be done. Without a name of the shop's own for the customer, webhooks are left out. */
  readonly effects: readonly TriggerEffect[];
};

/** Why an occasion came to nothing when its moment had come. */
export const LAPSES = ["over", "once", "cool_down", "consent", "audience", "nobody_to_tell"] as const;
export type Lapsed = {
  readonly trigger: string;
  readonly occasion: string;
  readonly why: (typeof LAPSES)[number];
};

/** Names an occasion among those of its trigger, shortly. */
export const occasionDigest = (name: string): string => digestOf(name).toString(36);

/** Names a firing for good without telling the source it was made from. Letters, digits and `_`. */
export const firingId = (source: string, trigger: string, occasion: string): string =>
  `t_${digestOf(`${source}|${trigger}|${occasion}`).toString(36)}${digestOf(`${occasion}|${trigger}|${source}`).toString(36)}`;
