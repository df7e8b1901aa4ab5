import type { Purpose } from "../consent/consent.ts";
import type { ItemId } from "../primitives/ids.ts";
import type { EpochMs } from "../primitives/time.ts";
import type { View } from "../profile/view.ts";
import type { Preference } from "../preference/preference.ts";
import type { Attributes } from "../segment/evaluate.ts";
import type { World } from "./world.ts";

/** One request's circumstances, with every item as a catalog ordinal. */
export type Scene = {
  readonly world: World;
  readonly now: EpochMs;
  readonly market: string | undefined;
  /** The language that prices are written in. */
  readonly locale: string | undefined;
  /** The item the page is about; -1: none. */
  readonly current: number;
  readonly category: string | undefined;
  readonly cart: readonly number[];
  readonly excluded: ReadonlySet<number>;
  /** Absent without consent: then nothing here knows who is asking. */
  readonly view: View | undefined;
  /** What the person looked at lately, newest first, each item once; the page's item included. */
  readonly recent: readonly number[];
  readonly attributes: Attributes;
  readonly permitted: ReadonlySet<Purpose>;
  /** What the person said they like and do not. */
  readonly preferences: readonly Preference[];
};

/** What a request says, with references already resolved to catalog ids. */
export type Circumstances = {
  readonly now: EpochMs;
  readonly page: {
    readonly type?: string;
    readonly url?: string;
    readonly category?: string;
    readonly query?: string;
    readonly item?: ItemId;
  };
  readonly market: string | undefined;
  readonly locale: string | undefined;
  readonly device: string | undefined;
  /** The page's own cart; absent: the one remembered with the customer. */
  readonly cart: readonly { readonly item: ItemId; readonly quantity: number }[] | undefined;
  readonly exclude: readonly ItemId[];
};
