import { permits, type Purpose } from "../consent/consent.ts";
import type { Whole } from "../customer/customer.ts";
import type { LogRow } from "../customer/log-row.ts";
import type { ItemId } from "../primitives/ids.ts";
import type { EpochMs } from "../primitives/time.ts";
import { hiddenName } from "../profile/view.ts";
import type { Purchases } from "../value/purchases.ts";
import { column } from "./column.ts";

/** What a customer is predicted to be worth. Absent figures: no model yet, or another currency than the model's. */
export type Worth = {
  /** Version of the parameters it was scored by. */
  readonly modelVersion: number;
  readonly horizonDays: number;
  readonly expectedOrders?: number | undefined;
  /** Chance that no order comes within the horizon, in [0, 1]. */
  readonly noOrderShare?: number | undefined;
  readonly currency?: string | undefined;
  readonly valueMinor?: number | undefined;
  /** Ends of the interval around the value. */
  readonly lowMinor?: number | undefined;
  readonly highMinor?: number | undefined;
  /** Recency, frequency, monetary, 5 best. @example "543" */
  readonly rfm?: string | undefined;
};

/** One person as an export takes them from their object. */
export type Exported = {
  readonly customer: Whole;
  readonly rows: Iterable<LogRow>;
  /** What a visitor without an id of the shop's is called: the same in every file of the site, nothing outside it. */
  readonly pseudonym: string;
  /** Of the orders that are this person's own. */
  readonly purchases?: Purchases | undefined;
  readonly worth?: Worth | undefined;
};

/** From a moment up to, and without, another. */
export type Span = { readonly from: EpochMs; readonly until: EpochMs };

export const isWithin = (at: EpochMs, { from, until }: Span): boolean => at >= from && at < until;

/** Columns that say whose row it is; the same in every table, so that tables can be joined. */
export const SUBJECT_COLUMNS = {
  customer: column("string", "The shop's id of the customer; of a visitor a pseudonym of this site."),
  isKnown: column("boolean", "Whether `customer` is the shop's own id."),
} as const;

export type Subject = { readonly customer: string; readonly isKnown: boolean };

/** Whose rows these are; `undefined` for who is being erased, and for a visitor whose rows the customer has now. */
export function subjectOf({ customer, pseudonym }: Exported): Subject | undefined {
  if (customer.mark || customer.erasing) return undefined;
  const { customerId } = customer;
  return { customer: customerId ?? pseudonym, isKnown: customerId !== undefined };
}

export const permitsNow = ({ customer }: Exported, purpose: Purpose, now: EpochMs): boolean =>
  permits(customer.consent, purpose, now);

/** Tells items that a customer keeps out of sight. */
export type IsHidden = (item: ItemId) => boolean;

export const hiddenItems =
  ({ hidden }: Pick<Whole, "hidden">): IsHidden =>
  (item) =>
    hidden.has(hiddenName("item", item));

/** The lines of a cart or an order without what is hidden. */
export const visibleLines = <L extends { readonly item: ItemId }>(
  lines: readonly L[],
  isHidden: IsHidden,
): L[] => lines.filter(({ item }) => !isHidden(item));
