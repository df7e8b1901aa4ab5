import { call } from "./call.ts";
import type { PickedItem, SlotAnswer } from "./types.ts";

/**
 * Where a slot stands. `pending`: no answer yet. `ready`: `items` are to be shown. `fallback`: the shop's own content is.
 * `off`: the same, because the slot is switched off, or because nothing came within 2 s; an answer may still follow.
 */
export type SlotState = {
  readonly status: "pending" | "ready" | "fallback" | "off";
  /** Empty unless `ready`. */
  readonly items: readonly PickedItem[];
  /** The config's heading for the slot. */
  readonly title: string | undefined;
  /** All of the answer: its reason, what a trigger left for the slot, values of experiments. */
  readonly answer: SlotAnswer | undefined;
};

/** What a component spreads over the slot's element. */
export type SlotProps = {
  readonly ref: (element: HTMLElement | null) => void;
  readonly [attribute: `data-${string}`]: string;
};

/** After this long without an answer the shop's own content is shown, in milliseconds. */
const PATIENCE_MS = 2000;

function stateOf(answer?: SlotAnswer): SlotState {
  const isFull = /^[pcf]/.test(answer?.status ?? "") && answer!.items[0];
  return {
    status: !answer ? "pending" : isFull ? "ready" : answer.status == "suppressed" ? "off" : "fallback",
    items: isFull ? answer!.items : [],
    title: answer?.title,
    answer,
  };
}

/**
 * A slot that a framework draws. The element becomes a slot only when it is handed to `props.ref`: what a server rendered
 * must not be filled before the framework has taken it over. The exception is an `answer` that the shop's server asked
 * for itself: with its token the element is a slot from the first byte, and is not asked for again.
 */
export function createSlot(id: string, answer?: SlotAnswer) {
  const first = stateOf(answer);
  let state = first;
  let known: HTMLElement | undefined;
  let tell = (): void => {};
  const change = (next: SlotState): void => {
    state = next;
    tell();
  };
  const take = (event: Event): void => {
    const { detail } = event as CustomEvent<SlotAnswer>;
    // A slot inside this one has answers of its own, and they bubble.
    if (detail.id != id) return;
    event.preventDefault();
    change(stateOf(detail));
  };
  const props: SlotProps = {
    ref(element) {
      // Frameworks hand over the same element more than once.
      if (!element || element == known) return;
      known = element;
      change(first);
      // For as long as the element lives: the framework's children in it are never the snippet's to replace.
      element.addEventListener("concierge", take);
      element.setAttribute("data-concierge-slot", id);
      call("slots");
      setTimeout(
        () => state == first && first.status == "pending" && change({ ...first, status: "off" }),
        PATIENCE_MS,
      );
    },
    ...(answer?.token && {
      "data-concierge-slot": id,
      "data-concierge-status": answer.status,
      "data-concierge-token": answer.token,
    }),
  };
  return {
    props,
    read: (): SlotState => state,
    /** One listener at a time. Returns what ends it. */
    subscribe(listener: () => void): () => void {
      tell = listener;
      return () => {
        tell = () => {};
      };
    },
  };
}
