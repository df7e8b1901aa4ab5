"use client";
import { createElement, useMemo, useSyncExternalStore, type HTMLAttributes, type ReactNode } from "react";
import { createSlot, type SlotProps, type SlotState } from "./slot.ts";
import type { SlotAnswer } from "./types.ts";

/**
 * The state of a slot, and the props of its element. Server and first client render agree: `pending`, or `answer`, where
 * the shop's server has asked for it. Another id needs another element: give it `key={id}`, as {@link Slot} does.
 * @example const { status, items, props } = useSlot("product-goes-with")
 */
export function useSlot(id: string, answer?: SlotAnswer): SlotState & { readonly props: SlotProps } {
  const slot = useMemo(() => createSlot(id, answer), [id, answer]);
  return { ...useSyncExternalStore(slot.subscribe, slot.read, slot.read), props: slot.props };
}

/** What {@link Slot} takes, beside any attribute of its element. */
export type SlotAttributes = Omit<HTMLAttributes<HTMLElement>, "id" | "children"> & {
  readonly id: string;
  readonly answer?: SlotAnswer | undefined;
  /** The element's tag; absent: `div`. */
  readonly as?: string;
  /** At most so many picks. */
  readonly max?: number;
  /** What the slot is about; absent: the page's product, else the cart. */
  readonly seeds?: readonly string[];
  /** Draws the slot's content. */
  children(slot: SlotState): ReactNode;
};

/** A slot's element with what `children` draws in it. */
export function Slot({ id, answer, as = "div", max, seeds, children, ...rest }: SlotAttributes): ReactNode {
  const { props, ...state } = useSlot(id, answer);
  const own = { ...rest, key: id, "data-max": max, "data-seeds": seeds?.join() };
  return createElement(as, { ...own, ...props }, children(state));
}
