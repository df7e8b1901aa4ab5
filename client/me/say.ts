import type { KnownDocument } from "../../src/core/customer/known.ts";
import type { Change } from "./rights.ts";

/** What a shop shows of an item on this page. */
export type ItemView = { readonly title: string; readonly url?: string; readonly image?: string };

/** What the parts of the page work with. */
export type Desk = {
  /** Sends a change; the page then shows what is known afterwards. */
  readonly change: (change: Change) => void;
  /** What the shop says of an item; `undefined` where it says nothing. */
  readonly item: (id: string) => ItemView | undefined;
  /** A slot as a shopper would call it. */
  readonly place: (slot: string) => string;
};

/** One kind of thing that is known, and how it is changed; `undefined` where there is nothing of it. */
export type Part = (known: KnownDocument, desk: Desk) => HTMLElement | undefined;
