import type { Card } from "../card/card.ts";
import type { ItemId } from "../primitives/ids.ts";
import type { EpochMs } from "../primitives/time.ts";
import type { SlotContent } from "../profile/view.ts";

/** Where a request came from, as coarse as a country and its region. @example { country: "AT", region: "9" } */
export type Place = { readonly country: string; readonly region?: string | undefined };

/** What the site's segments and triggers made of a customer. All plain JSON. */
export type Attention = {
  /** Segments they are in, and since when; ascending by id. */
  segments: (readonly [id: string, since: EpochMs])[];
  /** Content left for slots, the latest last. */
  content: SlotContent[];
  place?: Place | undefined;
  device?: string | undefined;
  /** What the ledger was told of them last, and with which row of the log. */
  card?: { readonly at: EpochMs; readonly seq: number; readonly body: Card | undefined } | undefined;
  /** Items whose price and stock they are told of; at most as many as the ledger lets one watch. */
  watch?: readonly ItemId[] | undefined;
  /** When segments or triggers have to be looked at again, though nothing happens. */
  nextAt?: EpochMs | undefined;
};

export const newAttention = (): Attention => ({ segments: [], content: [] });
