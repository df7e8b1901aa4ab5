import { isKnown, know } from "./know-occasion.ts";
import { LATE_MS, TRIGGER_LIMITS } from "./limits.ts";
import type { CompiledTrigger } from "./compile-triggers.ts";
import { occasionDigest } from "./firing.ts";
import { newMemory, type Memory, type Waiting } from "./trigger-state.ts";
import type { Occasion, Scene } from "./watcher.ts";

/** A trigger after a look: its memory, what waits for it, and when to look again. */
export type TakenUp = {
  readonly memory: Memory;
  readonly waiting: readonly Waiting[];
  readonly nextAt: number | undefined;
};

/**
 * Has a trigger look, and takes up the occasions it finds: each once, and none that is too old. What a file about the past
 * brings is known from then on and does not wait.
 */
export function takeUp(
  { trigger, watcher, delayMs }: CompiledTrigger,
  before: Memory | undefined,
  waitingBefore: readonly Waiting[],
  scene: Scene,
): TakenUp {
  const { when } = trigger.on;
  const past = before ?? newMemory(when);
  // Another kind names its occasions otherwise; how often it fired stays.
  let memory: Memory =
    past.when === when ? past : { ...newMemory(when), times: past.times, lastAt: past.lastAt };
  let waiting = past.when === when ? waitingBefore : [];
  // Two may have come together in a merge.
  if (watcher.isReplacing) waiting = latest(waiting);
  const { progress: _progress, ...rest } = memory;
  const { occasions, progress, nextAt } = watcher.look(scene, memory.progress);
  memory = progress ? { ...rest, progress } : rest;
  for (const found of occasions) {
    const at = Math.min(found.at, scene.now);
    const rank = found.rank ?? at;
    const occasion = occasionDigest(found.name);
    if (at < scene.now - (watcher.lateMs ?? LATE_MS) || isKnown(memory, occasion, rank)) continue;
    memory = know(memory, [[occasion, rank]], watcher.knownMax);
    if (!scene.isHistorical)
      waiting = added(waiting, waitingOf(trigger.id, occasion, at, delayMs, found), watcher.isReplacing);
  }
  return { memory, waiting, nextAt };
}

const waitingOf = (
  trigger: string,
  occasion: string,
  at: number,
  delayMs: number,
  { waitMs = 0, data }: Occasion,
): Waiting => ({ trigger, occasion, at, dueAt: at + waitMs + delayMs, data });

const latest = (waiting: readonly Waiting[]): readonly Waiting[] =>
  waiting.filter((one) => waiting.every(({ at }) => at <= one.at)).slice(0, 1);

function added(waiting: readonly Waiting[], one: Waiting, isReplacing = false): readonly Waiting[] {
  if (!isReplacing) return waiting.length < TRIGGER_LIMITS.waitingMax ? [...waiting, one] : waiting;
  return waiting.some(({ at }) => at > one.at) ? waiting : [one];
}
