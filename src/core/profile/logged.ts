import type { ResolvedEvent } from "../event/resolved.ts";
import type { EpochMs } from "../primitives/time.ts";

/** What a customer's grants allowed when an event was taken in. Kept with the event: folding again asks nobody. */
export const MAY_LEARN = 1;
export const MAY_REMEMBER = 2;
/** Notes of store associates: kept for as long as clienteling is granted. */
export const MAY_NOTE = 4;

/** What was told of somebody's life: kept for as long as life events are granted. */
export const MAY_LIFE = 8;

export const MAY_ALL = MAY_LEARN | MAY_REMEMBER | MAY_NOTE | MAY_LIFE;

/** An event as the log holds it: the event and what it may be used for. */
export type LoggedEvent = ResolvedEvent & { readonly may: number };

/** Where and when a batch of the log came from. */
export type Provenance = {
  /** @example "snippet", "segment", "server", "import", "customer" */
  readonly source: string;
  /** From the shop's own systems: a page cannot say what they say. */
  readonly isTrusted: boolean;
  readonly receivedAt: EpochMs;
};

/**
 * The order in which events count: by moment, then by id, shorter ids first so that counters count. The same for every
 * arrival order.
 */
export function comesBefore(
  a: { readonly at: EpochMs; readonly id: string },
  b: { readonly at: EpochMs; readonly id: string },
): boolean {
  if (a.at !== b.at) return a.at < b.at;
  if (a.id.length !== b.id.length) return a.id.length < b.id.length;
  return a.id < b.id;
}
