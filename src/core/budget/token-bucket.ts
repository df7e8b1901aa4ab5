import type { EpochMs } from "../primitives/time.ts";

/** How fast something may go on: `perSecond` in the long run, `burst` at once after a rest. */
export type Rate = { readonly perSecond: number; readonly burst: number };

/**
 * Token buckets for the callers met lately, in memory that never grows: arrays of fixed size, and a list through them from
 * the one used last to the one unused longest, who makes room for a newcomer. Whoever was forgotten begins with a full bucket.
 * (A Map's own order would do for the list, but finding its first key walks over all the deleted before it: slowest in a flood.)
 *
 * A bucket is kept as the moment at which it is full again: each token taken moves that moment, and no count of tokens has
 * to be refilled, or drifts while it is. Source: the generic cell rate algorithm, ITU-T I.371, annex A.
 */
export type BucketTable = {
  readonly capacity: number;
  readonly slots: Map<string, number>;
  readonly keys: string[];
  readonly fullAt: Float64Array;
  /** Until when a caller stays out altogether. */
  readonly outUntil: Float64Array;
  /** The list: each slot's neighbours, in a ring through the place at `capacity`, which holds nobody. */
  readonly newer: Int32Array;
  readonly older: Int32Array;
};

/** A table for at most `capacity` callers: 24 bytes each, and their keys. */
export function emptyBuckets(capacity: number): BucketTable {
  const newer = new Int32Array(capacity + 1);
  const older = new Int32Array(capacity + 1);
  newer[capacity] = capacity;
  older[capacity] = capacity;
  return {
    capacity,
    slots: new Map(),
    keys: [],
    fullAt: new Float64Array(capacity),
    outUntil: new Float64Array(capacity),
    newer,
    older,
  };
}

/** The caller's place; a newcomer's may have been that of whoever was away longest. */
export function bucketOf(table: BucketTable, key: string): number {
  const { slots, keys, capacity } = table;
  let slot = slots.get(key);
  if (slot !== undefined) unlink(table, slot);
  else {
    slot = slots.size;
    if (slot >= capacity) {
      slot = table.newer[capacity]!;
      slots.delete(keys[slot]!);
      unlink(table, slot);
    }
    slots.set(key, slot);
    keys[slot] = key;
    table.fullAt[slot] = 0;
    table.outUntil[slot] = 0;
  }
  linkNewest(table, slot);
  return slot;
}

/** Moments of 1.8e12 ms are exact to a quarter of a thousandth; what is nearer than this is the same moment. */
const ROUNDING_MS = 0.01;

/** Milliseconds until there is a token, 0 when there is one. */
export function waitMs(table: BucketTable, slot: number, rate: Rate, now: EpochMs): number {
  const intervalMs = 1000 / rate.perSecond;
  // A clock that stepped back, or a burst made smaller, empties a bucket; it does not lock it for hours.
  const fullAt = Math.min(table.fullAt[slot]!, now + rate.burst * intervalMs);
  table.fullAt[slot] = fullAt;
  const missingMs = Math.max(fullAt, now) - now - (rate.burst - 1) * intervalMs;
  const emptyMs = missingMs <= ROUNDING_MS ? 0 : Math.ceil(missingMs);
  return Math.max(emptyMs, table.outUntil[slot]! - now);
}

/** Takes a token that `waitMs` said is there. */
export function pay(table: BucketTable, slot: number, rate: Rate, now: EpochMs): void {
  table.fullAt[slot] = Math.max(table.fullAt[slot]!, now) + 1000 / rate.perSecond;
}

/**
 * Takes a token if there is one: the milliseconds to wait, 0 when taken. With `outMs` whoever comes too soon stays out for
 * so long, however often they come meanwhile, and then begins with a full bucket.
 * @example
 * const table = emptyBuckets(10), rate = { perSecond: 2, burst: 1 };
 * take(table, "a", rate, 0) // 0
 * take(table, "a", rate, 0) // 500
 */
export function take(table: BucketTable, key: string, rate: Rate, now: EpochMs, outMs = 0): number {
  const slot = bucketOf(table, key);
  const wait = waitMs(table, slot, rate, now);
  if (wait === 0) pay(table, slot, rate, now);
  else if (outMs > 0 && table.outUntil[slot]! <= now) {
    table.outUntil[slot] = now + outMs;
    table.fullAt[slot] = 0;
    return outMs;
  }
  return wait;
}

function unlink({ newer, older }: BucketTable, slot: number): void {
  const after = newer[slot]!;
  const before = older[slot]!;
  older[after] = before;
  newer[before] = after;
}

/** The ring's head: `older` of it is the newest, `newer` of it the oldest. */
function linkNewest({ newer, older, capacity }: BucketTable, slot: number): void {
  const last = older[capacity]!;
  older[slot] = last;
  newer[slot] = capacity;
  newer[last] = slot;
  older[capacity] = slot;
}
