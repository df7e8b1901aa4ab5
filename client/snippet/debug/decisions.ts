import type { LogEntry } from "../log.ts";
import { all, at, listOf } from "./element.ts";

/** A slot on the page and the last answer for it. */
export type SlotReport = {
  readonly id: string;
  /** What the snippet wrote on the element; `late` is its own. Absent: nothing yet. */
  readonly shown: string | undefined;
  /** The slot's answer as it came; absent where nobody asked, or nothing came. */
  readonly answer: unknown;
};

export type DecisionReport = {
  readonly slots: readonly SlotReport[];
  /** The last answer as a whole. */
  readonly last: unknown;
};

/** What was decided for each slot, in the order of the page; slots that have left the page come last. */
export function decisionsOf(log: readonly LogEntry[]): DecisionReport {
  const answers = log.filter(
    ({ kind, data }) => kind === "answer decide" && Array.isArray(at(data, "slots")),
  );
  const bySlot = new Map<string, unknown>();
  for (const { data } of answers)
    for (const slot of listOf(at(data, "slots")))
      if (typeof at(slot, "id") === "string") bySlot.set(at(slot, "id") as string, slot);
  const shown = new Map<string, string | undefined>();
  for (const element of all("[data-concierge-slot]")) {
    const id = element.getAttribute("data-concierge-slot")!;
    // A name that is none has no decision; the tab on the page tells of it.
    if (/^[a-z\d][a-z\d_-]{0,63}$/.test(id))
      shown.set(id, element.getAttribute("data-concierge-status") ?? shown.get(id));
  }
  const ids = new Set([...shown.keys(), ...bySlot.keys()]);
  return {
    slots: [...ids].map((id) => ({ id, shown: shown.get(id), answer: bySlot.get(id) })),
    last: answers.at(-1)?.data,
  };
}
