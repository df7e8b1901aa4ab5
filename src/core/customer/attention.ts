import type { ToldAudience } from "./audiences.ts";
import type { Card } from "../card/card.ts";
import type { ItemId } from "../primitives/ids.ts";
import type { EpochMs } from "../primitives/time.ts";
import { newLife, type LifeState } from "../life/life-state.ts";
import type { MeterStates } from "../segment/count/meter-state.ts";
import type { Trait } from "../profile/profile.ts";
import { newTriggerState, type TriggerState } from "../trigger/trigger-state.ts";
import type { SlotContent } from "../profile/view.ts";

/** Where a request came from, as coarse as a country and its region. @example { country: "AT", region: "9" } */
export type Place = { readonly country: string; readonly region?: string | undefined };

/** What the site's segments and triggers made of a customer. All plain JSON. */
export type Attention = {
  /** By which segments and triggers this was found: `CompiledConfig.attention`. */
  by?: string | undefined;
  /** What conditions counted. */
  meters: MeterStates;
  /** What was told of their life, and what they did that speaks for something; what follows of it, by kind. */
  life: LifeState;
  lifeNow: Readonly<Record<string, number>>;
  /** Segments they are in, and since when; ascending by id. */
  segments: (readonly [id: string, since: EpochMs])[];
  /** Content left for slots, the latest last. */
  content: SlotContent[];
  place?: Place | undefined;
  /** What triggers wait for, and what they did. */
  triggers: TriggerState;
  /** What triggers stated of them. */
  traits: (readonly [name: string, trait: Trait])[];
  /** What they wished for, the latest last. */
  wished: (readonly [item: ItemId, at: EpochMs])[];
  /** What ad platforms were told of them. */
  audiences?: readonly ToldAudience[] | undefined;
  /** What the ledger was told of them last, and with which row of the log. */
  card?: { readonly at: EpochMs; readonly seq: number; readonly body: Card | undefined } | undefined;
  /** Items whose price and stock they are told of; at most as many as the ledger lets one watch. */
  watch?: readonly ItemId[] | undefined;
  /** When segments or triggers have to be looked at again, though nothing happens. */
  nextAt?: EpochMs | undefined;
};

export const newAttention = (): Attention => ({
  triggers: newTriggerState(),
  traits: [],
  wished: [],
  meters: {},
  life: newLife(),
  lifeNow: {},
  segments: [],
  content: [],
});
