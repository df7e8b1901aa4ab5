import { TRIGGER_LIMITS } from "./limits.ts";
import type { Memory } from "./trigger-state.ts";

/** Whether an occasion was taken up before, as far as one remembers: the older ones all count as known. */
export const isKnown = ({ known, upTo }: Memory, occasion: string, rank: number): boolean =>
  rank <= upTo || known.some(([name]) => name === occasion);

/** Remembers that an occasion was taken up. Beyond the limit those of the lowest rank are no longer told apart. */
export function know(
  memory: Memory,
  occasions: Memory["known"],
  max: number = TRIGGER_LIMITS.knownMax,
): Memory {
  const names = new Set(memory.known.map(([name]) => name));
  const known = [...memory.known, ...occasions.filter(([name]) => !names.has(name))].sort(byRank);
  const lost = known.splice(0, Math.max(0, known.length - max));
  return { ...memory, known, upTo: Math.max(memory.upTo, lost.at(-1)?.[1] ?? memory.upTo) };
}

type Known = Memory["known"][number];
const byRank = (a: Known, b: Known): number => a[1] - b[1] || (a[0] < b[0] ? -1 : 1);
