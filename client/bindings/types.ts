import type { InferInput } from "valibot";
import type { Purpose } from "../../src/core/consent/consent.ts";
import type { ItemRef, Page, ShopEvent } from "../../src/core/event/event.ts";
import type { Money } from "../../src/core/primitives/money.ts";
import type { PickedItem, SlotAnswer, SlotStatus } from "../../src/core/wire/decide.ts";

export type { ItemRef, Money, PickedItem, Purpose, SlotAnswer, SlotStatus };

/** Leaves the members of a union a union. */
type Without<Union, Field extends PropertyKey> = Union extends unknown ? Omit<Union, Field> : never;

/**
 * An event as a page tells it; `id` and `at` are added. Notes of store associates come from servers alone.
 * @example { type: "product_wished", item: "A1" }
 */
export type TrackedEvent = Without<
  Exclude<InferInput<typeof ShopEvent>, { readonly type: "note_added" }>,
  "id" | "at"
>;

/** What a page is about. */
export type PageStatement = Partial<Page> & { readonly item?: ItemRef };

/** One line of the cart. */
export type CartLine = { readonly item: ItemRef; readonly quantity?: number; readonly price?: Money };

/** What one source says of consent, by purpose. `null` takes back what it said before. */
export type ConsentWord = { readonly [purpose in Purpose]?: boolean | null };

/** Who says it: a consent tool by its name. Absent: the shop itself. */
export type ConsentSource = "tcf" | "gcm" | "shopify" | "banner" | (string & {});

/** `window.concierge`, and what `start` of the module gives back. Nothing it does throws. */
export interface Concierge {
  /** What a source says about consent. */
  (name: "consent", word: ConsentWord, source?: ConsentSource): void;
  /** Something happened. */
  (name: "track", event: TrackedEvent): void;
  /** A new page view. */
  (name: "page", page?: PageStatement): void;
  /** What lies in the cart now. */
  (name: "cart", lines: readonly CartLine[]): void;
  /** Asks again for all slots; `slots`: for those that came since this page view was asked for. */
  (name: "decide" | "slots"): void;
  /** Who has logged in, by a token of the shop's server. */
  (name: "identify", token: string): void;
  /** Forgets everything on this device. */
  (name: "reset"): void;
}

/** What `start` of the module takes: what the script tag says as `data-…`. */
export type Settings = {
  /** The site's write key, `pk_…`. */
  readonly key: string;
  /** Where the Worker is. @example "https://edge.example" */
  readonly api: string;
  /** The shop's own words for the controls of the default card. */
  readonly why?: string;
  readonly not_this?: string;
  readonly own_it?: string;
  readonly less_like_this?: string;
};

/** Dispatched on a slot's element for each answer; `preventDefault()` says that the listener draws it itself. */
export type SlotEvent = CustomEvent<SlotAnswer>;
