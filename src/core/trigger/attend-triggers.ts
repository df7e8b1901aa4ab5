import type { EpochMs } from "../primitives/time.ts";
import type { CompiledTrigger, CompiledTriggers } from "./compile-triggers.ts";
import { firingId, type Fired, type Lapsed } from "./firing.ts";
import { TRIGGER_LIMITS } from "./limits.ts";
import { quietEnd } from "./quiet-hours.ts";
import { takeUp } from "./take-up.ts";
import { isTimeZone } from "./time-zone.ts";
import type { TriggerContext } from "./trigger-context.ts";
import type { Memory, TriggerState, Waiting } from "./trigger-state.ts";
import type { Scene } from "./watcher.ts";

/** What a turn came to. State and effects are to be stored in one transaction, or none. */
export type Attended = {
  readonly state: TriggerState;
  /** In the order in which they were due. */
  readonly fired: readonly Fired[];
  /** Occasions whose moment came and which came to nothing, with the reason. */
  readonly lapsed: readonly Lapsed[];
  /** When to attend again though nothing happens. Any more often does no harm. */
  readonly nextAt: EpochMs | undefined;
};

/**
 * Looks at every trigger in one turn of a customer: takes up occasions, and fires what is due. Everything but the occasion
 * itself is asked when it fires: whether it still holds, once and cool-down, grant, audience.
 */
export function attendTriggers(
  compiled: CompiledTriggers,
  state: TriggerState,
  context: TriggerContext,
): Attended {
  const { timeZone } = context;
  const zone = timeZone !== undefined && isTimeZone(timeZone) ? timeZone : compiled.timeZone;
  const scene: Scene = { ...context, zone };
  const memories = new Map(state.memory);
  const waiting: Waiting[] = [];
  const instants: EpochMs[] = [];
  for (const one of compiled.all) {
    const { id } = one.trigger;
    const own = state.waiting.filter(({ trigger }) => trigger === id);
    const taken = takeUp(one, memories.get(id), own, scene);
    memories.set(id, taken.memory);
    waiting.push(...taken.waiting);
    if (taken.nextAt !== undefined) instants.push(taken.nextAt);
  }
  waiting.sort((a, b) => a.dueAt - b.dueAt || (a.occasion < b.occasion ? -1 : 1));
  const fired: Fired[] = [];
  const lapsed: Lapsed[] = [];
  const still: Waiting[] = [];
  for (const one of waiting) {
    const { trigger, occasion, data } = one;
    const of = compiled.byId.get(trigger)!;
    const memory = memories.get(trigger)!;
    const at = releasedAt(one, of, scene);
    if (at > scene.now) {
      still.push(one);
      instants.push(at);
      continue;
    }
    const why = whyNot(one, of, memory, scene);
    if (why !== undefined) {
      lapsed.push({ trigger, occasion, why });
      continue;
    }
    const { purpose } = of.trigger;
    const id = firingId(scene.source, trigger, occasion);
    fired.push({ id, trigger, occasion, at: scene.now, purpose, data, effects: doable(of, scene) });
    memories.set(trigger, { ...memory, times: memory.times + 1, lastAt: scene.now });
  }
  return {
    state: { waiting: still, memory: kept(memories, compiled) },
    fired,
    lapsed,
    nextAt: instants.length === 0 ? undefined : Math.min(...instants),
  };
}

/** When it may fire: when it is due, after the quiet hours of that moment, and not in those of now. */
function releasedAt({ dueAt }: Waiting, { quiet }: CompiledTrigger, { now, zone }: Scene): EpochMs {
  if (!quiet) return dueAt;
  const end = quietEnd(quiet, zone, dueAt);
  return end > now ? end : quietEnd(quiet, zone, now);
}

function whyNot(
  waiting: Waiting,
  { trigger, watcher, once, coolDownMs, audience }: CompiledTrigger,
  { times, lastAt, progress }: Memory,
  scene: Scene,
): Lapsed["why"] | undefined {
  if (!scene.permits(trigger.purpose)) return "consent";
  if (once && times > 0) return "once";
  if (times > 0 && scene.now < lastAt + coolDownMs) return "cool_down";
  if (!watcher.holds(waiting, scene, progress)) return "over";
  if (audience && !audience(scene.attributes())) return "audience";
  return trigger.then.some((effect) => effect.do !== "webhook") || scene.isKnown
    ? undefined
    : "nobody_to_tell";
}

const doable = ({ trigger }: CompiledTrigger, { isKnown }: Scene) =>
  isKnown ? trigger.then : trigger.then.filter((effect) => effect.do !== "webhook");

/** What is worth remembering: triggers of the config that have seen something, and the latest others that have fired. */
function kept(memories: ReadonlyMap<string, Memory>, { byId }: CompiledTriggers): TriggerState["memory"] {
  const isWorth = ({ times, known, upTo, progress }: Memory) =>
    times > 0 || known.length > 0 || upTo > 0 || progress !== undefined;
  const all = [...memories].filter(([, memory]) => isWorth(memory));
  const bygone = all
    .filter(([id, { times }]) => !byId.has(id) && times > 0)
    .sort(([, a], [, b]) => b.lastAt - a.lastAt)
    .slice(0, TRIGGER_LIMITS.bygoneMax)
    .map(([id, { progress: _progress, ...past }]) => [id, past] as const);
  return [...all.filter(([id]) => byId.has(id)), ...bygone].sort(([a], [b]) => (a < b ? -1 : 1));
}
