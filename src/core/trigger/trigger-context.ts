import type { ShelfChange } from "../catalog/shelf-change.ts";
import type { Purpose } from "../consent/consent.ts";
import type { CurrentLife } from "../life/life-of.ts";
import type { ItemId } from "../primitives/ids.ts";
import type { EpochMs } from "../primitives/time.ts";
import type { Attributes } from "../segment/evaluate.ts";
import type { Happening } from "./happening.ts";

/** When somebody last did something with a product. Absent: not, as far as is known and may be looked at. */
export type Interest = {
  readonly viewed?: EpochMs | undefined;
  readonly carted?: EpochMs | undefined;
  readonly wished?: EpochMs | undefined;
  readonly bought?: EpochMs | undefined;
};

/** A segment that was entered or left, and when: the moment names the occasion, so it must not change when told again. */
export type SegmentTurn = { readonly segment: string; readonly at: EpochMs };

/** A product that is needed again at a moment, since it was last bought. */
export type DueItem = { readonly item: ItemId; readonly boughtAt: EpochMs; readonly dueAt: EpochMs };

/** What triggers look at in one turn of a customer. What is a function is asked only where a trigger wants to know. */
export type TriggerContext = {
  readonly now: EpochMs;
  /** The random name of the customer's storage: with trigger and occasion it makes the id of a firing. */
  readonly source: string;
  /** The customer's time zone, where it is known. The site's stands in for one that is unknown. */
  readonly timeZone?: string | undefined;
  /** What came in is a file about the past: it sets nothing off. What waits already goes on. */
  readonly isHistorical: boolean;
  /** Whether the shop has an id of its own for the customer: only then can another system be told. */
  readonly isKnown: boolean;
  /** What came in with this turn, in the order in which it counts. */
  readonly happenings: readonly Happening[];
  /** Segments the customer is in after this turn. */
  readonly segments: readonly string[];
  readonly entered: readonly SegmentTurn[];
  readonly left: readonly SegmentTurn[];
  readonly shelf: readonly ShelfChange[];
  /** `undefined` for what says nothing of the person: hidden, a gift, sensitive. */
  interestIn(item: ItemId): Interest | undefined;
  /** A product as it stands in the catalog now; `undefined` where it is gone. The price is in minor units. */
  onShelf(
    item: ItemId,
  ): { readonly isAvailable: boolean; readonly priceMinor?: number | undefined } | undefined;
  /** The cart and when it last changed; `undefined` where it may not be looked at. */
  readonly cart?: { readonly at: EpochMs; readonly isEmpty: boolean } | undefined;
  readonly firstOrderAt?: EpochMs | undefined;
  readonly lastOrderAt?: EpochMs | undefined;
  readonly registeredAt?: EpochMs | undefined;
  /** Everything ever bought and kept: the `bought` of `happeningsOfOrders` over all orders. */
  purchases(): Iterable<Happening>;
  /** Products that are needed again, sooner or later. */
  due(): readonly DueItem[];
  /** What goes on in the customer's life, where they allow that to be looked at. */
  readonly life: readonly CurrentLife[];
  /** What audiences and yearly days ask about: what segments about the person may ask, and `segments` itself. */
  attributes(): Attributes;
  /** Whether a purpose is granted now. Of a customer who has paused: false. */
  permits(purpose: Purpose): boolean;
};
