import { shallowRef, watch, type ShallowRef } from "vue";
import { createSlot, type SlotState } from "./slot.ts";
import type { SlotAnswer } from "./types.ts";

/** What `v-bind` puts on the slot's element. */
export type SlotBinding = {
  /** Vue hands over the element, and nothing when it goes. */
  readonly ref: (own: unknown) => void;
  readonly [attribute: `data-${string}`]: string;
};

/**
 * The state of a slot, and what `v-bind` puts on its element. Server and first client render agree: `pending`, or
 * `answer`, where the shop's server has asked for it. Another id needs another component: give it `:key="id"`.
 * @example const { state, props } = useSlot("product-goes-with") // <section v-bind="props">
 */
export function useSlot(
  id: string,
  answer?: SlotAnswer,
): { readonly state: Readonly<ShallowRef<SlotState>>; readonly props: SlotBinding } {
  const slot = createSlot(id, answer);
  const state = shallowRef(slot.read());
  slot.subscribe(() => {
    state.value = slot.read();
  });
  const element = shallowRef<HTMLElement | null>(null);
  // After the flush, and with Suspense after it resolves: only then is the element in the document.
  watch(element, slot.props.ref, { flush: "post" });
  return {
    state,
    props: {
      ...slot.props,
      ref: (own) => {
        element.value = own as HTMLElement | null;
      },
    },
  };
}
