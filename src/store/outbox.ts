import type { EpochMs } from "../core/primitives/time.ts";

/** One message to one receiver. `seq` only ever grows within a source. */
export type Parcel = {
  readonly seq: number;
  readonly payload: string;
  /** When it was accepted at the sender's: the receiver knows its lag. */
  readonly at?: EpochMs;
};

/** What a receiver is handed. `source` is a random name of the sender's storage, never used for another. */
export type Shipment = { readonly source: string; readonly parcels: readonly Parcel[] };
