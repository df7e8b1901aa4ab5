import * as v from "valibot";
import { DAY_MS, type EpochMs } from "../primitives/time.ts";

/** What data may be used for. Each is asked for, granted and withdrawn on its own. */
export const PURPOSES = [
  "transaction",
  "analytics",
  "personalization",
  "marketing",
  "clienteling",
  "life_events",
] as const;
export const Purpose = v.picklist(PURPOSES);
export type Purpose = v.InferOutput<typeof Purpose>;

/** A visitor's yes or no to one purpose, as it stands on record. */
export type Grant = {
  readonly granted: boolean;
  readonly at: EpochMs;
  /** Who told us. @example "snippet", "segment", "server" */
  readonly source: string;
  /** After this moment a yes is unknown again, and unknown is no. */
  readonly expiresAt: EpochMs;
  readonly policyVersion: string;
  /** The legal basis, where it is not the customer's own word. @example "contract" */
  readonly basis?: string;
};
export type ConsentRecord = { readonly [purpose in Purpose]?: Grant };

/** What one request says about consent: only `true` is a yes. */
export const ConsentStatement = v.record(v.string(), v.unknown());
export type ConsentStatement = { readonly [purpose: string]: unknown };

/** A yes is asked for again after this long, unless the config says otherwise. */
export const GRANT_DAYS_DEFAULT = 180;

/** Whether the record allows a purpose now. Unknown, expired and garbled are all no. */
export function permits(record: ConsentRecord, purpose: Purpose, now: EpochMs): boolean {
  const grant = record[purpose];
  return grant !== undefined && grant.granted && now < grant.expiresAt;
}

/** When and by whom something was stated, and how long a yes lasts. */
export type Stated = {
  readonly at: EpochMs;
  readonly source: string;
  readonly policyVersion: string;
  readonly days?: number;
  readonly basis?: string;
};

/**
 * Folds a statement into the record. The later moment wins; at the same moment a denial wins. Purposes the statement
 * does not name, and values that are not booleans, change nothing.
 */
export function recordConsent(
  record: ConsentRecord,
  statement: ConsentStatement,
  stated: Stated,
): ConsentRecord {
  const next: { -readonly [purpose in Purpose]?: Grant } = { ...record };
  for (const purpose of PURPOSES) {
    const granted = Object.hasOwn(statement, purpose) ? statement[purpose] : undefined;
    if (typeof granted !== "boolean") continue;
    const known = next[purpose];
    if (known && (known.at > stated.at || (known.at === stated.at && !known.granted))) continue;
    next[purpose] = {
      granted,
      at: stated.at,
      source: stated.source,
      expiresAt: stated.at + (stated.days ?? GRANT_DAYS_DEFAULT) * DAY_MS,
      policyVersion: stated.policyVersion,
      ...(stated.basis === undefined ? {} : { basis: stated.basis }),
    };
  }
  return next;
}

/**
 * What a request says beside its events. A denial always counts; a grant only where nothing is decided or a yes has
 * expired, so that a tab which has not heard of a withdrawal revives nothing.
 */
export function settleConsent(
  record: ConsentRecord,
  statement: ConsentStatement,
  stated: Stated,
): ConsentRecord {
  let next = record;
  for (const purpose of PURPOSES) {
    const granted = Object.hasOwn(statement, purpose) ? statement[purpose] : undefined;
    if (typeof granted !== "boolean") continue;
    const known = record[purpose];
    const isOpen = known === undefined || (known.granted && known.expiresAt <= stated.at);
    if (granted ? isOpen : known === undefined || known.granted)
      next = recordConsent(next, { [purpose]: granted }, stated);
  }
  return next;
}
