import * as v from "valibot";
import { PURPOSES, type ConsentRecord, type Grant, type Purpose } from "../consent/consent.ts";
import type { Whole } from "../customer/customer.ts";
import type { LogRow } from "../customer/log-row.ts";
import { CustomerId } from "../primitives/ids.ts";
import { plainEvent } from "./moved-event.ts";

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
/** As many entries as a body's list may have. */
const LISTED_MAX = 5_000;

/**
 * One person on their way to another deployment: who they are, what they allowed and since when, and their log. A long log comes
 * in parts; what holds for the whole of it (`ids`) comes with the last. Names of objects, order keys, tokens and everything
 * that follows from the log stay behind: they are made anew.
 */
export const MovedPerson = v.strictObject({
  /** A random name that their storage bears: tells that two parts are of one person, and that one was taken before. */
  source: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/, "a source of letters and digits")),
  customerId: v.optional(CustomerId),
  bornAt: whole,
  touchedAt: whole,
  notBefore: v.optional(whole),
  isPaused: v.boolean(),
  hidden: v.pipe(v.array(text(2_100)), v.maxLength(10_000)),
  grants: v.pipe(
    v.array(
      v.strictObject({
        purpose: v.picklist(PURPOSES),
        granted: v.boolean(),
        at: whole,
        source: text(128),
        expiresAt: whole,
        policyVersion: text(64),
        basis: v.optional(text(64)),
      }),
    ),
    v.maxLength(PURPOSES.length),
  ),
  rows: v.pipe(
    v.array(
      v.strictObject({
        seq: whole,
        source: text(128),
        isTrusted: v.boolean(),
        receivedAt: whole,
        events: v.pipe(v.array(v.unknown()), v.maxLength(5_000)),
      }),
    ),
    v.maxLength(10_000),
  ),
  /** Absent: more rows follow. */
  ids: v.optional(
    v.strictObject({
      streams: v.pipe(
        v.array(
          v.strictObject({
            stream: v.pipe(v.string(), v.regex(/^[0-9a-z]{12}$/, "a stream of twelve letters and digits")),
            ranges: v.pipe(v.array(whole), v.maxLength(256)),
          }),
        ),
        v.maxLength(256),
      ),
      bygone: v.pipe(
        v.array(v.strictObject({ name: text(512), by: v.pipe(v.number(), v.safeInteger()) })),
        v.maxLength(LISTED_MAX),
      ),
    }),
  ),
});
export type MovedPerson = v.InferOutput<typeof MovedPerson>;

/**
 * What a person's object hands out of itself, from a row of its log on.
 * @param rows some of the log, in order; those in which nothing happened are left out
 * @param isEnd whether no more of the log follows
 */
export function personOf(customer: Whole, rows: readonly LogRow[], isEnd: boolean): MovedPerson {
  return {
    source: customer.source,
    ...(customer.customerId === undefined ? {} : { customerId: customer.customerId }),
    bornAt: customer.bornAt,
    touchedAt: customer.touchedAt,
    ...(customer.notBefore === undefined ? {} : { notBefore: customer.notBefore }),
    isPaused: customer.isPaused,
    hidden: [...customer.hidden],
    grants: PURPOSES.flatMap((purpose) => {
      const grant = customer.consent[purpose];
      return grant ? [{ purpose, ...grant }] : [];
    }),
    rows: rows
      .filter(({ events }) => events.length > 0)
      .map(({ seq, source, isTrusted, receivedAt, events }) => ({
        seq,
        source,
        isTrusted,
        receivedAt,
        events: events.map(plainEvent),
      })),
    ...(isEnd
      ? {
          ids: {
            streams: [...customer.streams].map(([stream, ranges]) => ({ stream, ranges: [...ranges] })),
            bygone: [customer.bygone, ...customer.joined.map((one) => new Map(one.bygone))]
              .flatMap((sums) => [...sums])
              .map(([name, by]) => ({ name, by }))
              .slice(0, LISTED_MAX),
          },
        }
      : {}),
  };
}

/** The grants of a moved person as a record: each with its own moment, source and end. */
export function recordOf({ grants }: Pick<MovedPerson, "grants">): ConsentRecord {
  const record: { -readonly [purpose in Purpose]?: Grant } = {};
  for (const { purpose, basis, ...grant } of grants)
    record[purpose] = { ...grant, ...(basis === undefined ? {} : { basis }) };
  return record;
}
