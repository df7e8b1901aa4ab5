import { know } from "./know-occasion.ts";
import { TRIGGER_LIMITS } from "./limits.ts";
import type { Memory, Progress, SeenStep, TriggerState, Waiting } from "./trigger-state.ts";

/**
 * The trigger states of two records that turned out to be one person, as one. What has fired for either is not fired
 * again; what waits for either waits, unless the other knows the occasion and no longer waits for it. Joining again changes
 * nothing, and the order does not matter.
 */
export function joinTriggerState(a: TriggerState, b: TriggerState): TriggerState {
  const [ours, theirs] = [new Map(a.memory), new Map(b.memory)];
  const ids = [...new Set([...ours.keys(), ...theirs.keys()])].sort();
  return {
    waiting: joinWaiting(a, b),
    memory: ids.map((id) => {
      const [one, other] = [ours.get(id), theirs.get(id)];
      return [id, one && other ? joinMemory(one, other) : (one ?? other)!] as const;
    }),
  };
}

function joinWaiting(a: TriggerState, b: TriggerState): readonly Waiting[] {
  const joined = new Map<string, Waiting>();
  for (const [own, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const memories = new Map(other.memory);
    for (const one of own.waiting) {
      const isSettled =
        memories.get(one.trigger)?.known.some(([name]) => name === one.occasion) &&
        !other.waiting.some((theirs) => isSame(theirs, one));
      const known = joined.get(nameOf(one));
      if (!isSettled && (!known || one.dueAt < known.dueAt)) joined.set(nameOf(one), one);
    }
  }
  const all = [...joined.values()].sort((x, y) => x.dueAt - y.dueAt || (nameOf(x) < nameOf(y) ? -1 : 1));
  const times = new Map<string, number>();
  return all.filter(({ trigger }) => {
    times.set(trigger, (times.get(trigger) ?? 0) + 1);
    return times.get(trigger)! <= TRIGGER_LIMITS.waitingMax;
  });
}

const nameOf = ({ trigger, occasion }: Waiting): string => `${trigger}|${occasion}`;
const isSame = (a: Waiting, b: Waiting): boolean => nameOf(a) === nameOf(b);

function joinMemory(a: Memory, b: Memory): Memory {
  const fired = { times: Math.max(a.times, b.times), lastAt: Math.max(a.lastAt, b.lastAt) };
  // Written by two revisions of the config; the next look tells which names count.
  if (a.when !== b.when) return { ...(a.when < b.when ? a : b), ...fired };
  const max = Math.max(TRIGGER_LIMITS.knownMax, a.known.length, b.known.length);
  const joined = know({ ...a, ...fired, upTo: Math.max(a.upTo, b.upTo) }, b.known, max);
  const { progress: _progress, ...rest } = joined;
  const progress = joinProgress(a.progress, b.progress);
  return progress ? { ...rest, progress } : rest;
}

function joinProgress(a: Progress | undefined, b: Progress | undefined): Progress | undefined {
  if (!a || !b) return a ?? b;
  const seen = new Map<number, SeenStep>();
  for (const step of [...(a.seen ?? []), ...(b.seen ?? [])]) seen.set(step[1], step);
  const most = (x: number | undefined, y: number | undefined) => (x === undefined ? y : Math.max(x, y ?? x));
  const after = most(a.after, b.after);
  const low = most(a.low, b.low);
  const steps = [...seen.values()]
    .filter(([at]) => at > (after ?? 0))
    .sort((x, y) => x[0] - y[0] || x[1] - y[1])
    .slice(-TRIGGER_LIMITS.seenMax);
  return {
    ...(a.seen || b.seen ? { seen: steps } : {}),
    ...(after === undefined ? {} : { after }),
    ...(low === undefined ? {} : { low }),
  };
}
