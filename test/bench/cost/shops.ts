import { PRICES } from "./prices.ts";
import { times, type Usage } from "./usage.ts";
import { VISIT } from "./visit.ts";

export type ShopSize = {
  readonly name: string;
  /** A month. */
  readonly visits: number;
  /** Whether requests come so close together that shared objects and isolates do several in one go. */
  readonly isBusy: boolean;
};

export const SHOPS: readonly ShopSize[] = [
  { name: "small: 10,000 visits", visits: 10_000, isBusy: false },
  { name: "middling: 1 million visits", visits: 1_000_000, isBusy: false },
  { name: "large: 50 million visits", visits: 50_000_000, isBusy: true },
];

/** A visitor comes so often in a month; one in fifty buys, and is kept for three years, the others for ninety days. */
const VISITS_PER_VISITOR = 1.5;
const BUYERS = 0.02;
const VISITOR_MONTHS = 3;
const BUYER_MONTHS = 36;

export type Month = {
  readonly usage: Usage;
  readonly visitors: number;
  /** Slots answered: what peers bill a request for. */
  readonly slots: number;
  /** Customers' objects that exist, once the shop is three years old. */
  readonly customers: number;
  readonly gigabytes: number;
  readonly storageUsd: number;
};

/** A month of a shop that has been there for years, from what one visit takes. */
export function monthOf({ visits }: ShopSize, visit: Usage, bytesPerCustomer: number): Month {
  const visitors = Math.round(visits / VISITS_PER_VISITOR);
  const customers = Math.round(visitors * ((1 - BUYERS) * VISITOR_MONTHS + BUYERS * BUYER_MONTHS));
  const gigabytes = (customers * bytesPerCustomer) / 1e9;
  return {
    usage: times(visit, visits),
    visitors,
    slots: visits * VISIT.pages * VISIT.slotsPerPage,
    customers,
    gigabytes,
    storageUsd: gigabytes * PRICES.cloudflare.storage.usdPerGigabyteMonth,
  };
}
