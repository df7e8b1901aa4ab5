import type { EpochMs } from "../primitives/time.ts";
import type { JsonObject } from "../webhook/notice.ts";

/** An occasion whose moment has not come yet. */
export type Waiting = {
  readonly trigger: string;
  /** Digest that names the occasion among those of its trigger. */
  readonly occasion: string;
  /** The occasion's own moment. */
  readonly at: EpochMs;
  /** When it is to be looked at; quiet hours may put that off. */
  readonly dueAt: EpochMs;
  /** What the effects are told of it. */
  readonly data: JsonObject;
};

/** Something a trigger saw on its way: when, the digest of its name, and which steps it can be (bits). */
export type SeenStep = readonly [at: EpochMs, digest: number, steps: number];

/** What a trigger has to remember between turns, by kind. */
export type Progress = {
  /** Ascending by moment. */
  readonly seen?: readonly SeenStep[] | undefined;
  /** Up to here it is used up. */
  readonly after?: EpochMs | undefined;
  /** The beginning of what was seen below the mark. */
  readonly low?: EpochMs | undefined;
};

/** One trigger's past with one customer. */
export type Memory = {
  /** Kind of the trigger when this was written: other kinds name their occasions otherwise. */
  readonly when: string;
  /** How often it has fired, and when last. */
  readonly times: number;
  readonly lastAt: EpochMs;
  /** The latest occasions that were taken up, whatever became of them, ascending by rank. */
  readonly known: readonly (readonly [occasion: string, rank: number])[];
  /** Occasions up to this rank count as known. */
  readonly upTo: number;
  readonly progress?: Progress | undefined;
};

/** What triggers keep of a customer. Plain JSON, bounded by `TRIGGER_LIMITS`. */
export type TriggerState = {
  readonly waiting: readonly Waiting[];
  readonly memory: readonly (readonly [trigger: string, memory: Memory])[];
};

export const newTriggerState = (): TriggerState => ({ waiting: [], memory: [] });

export const newMemory = (when: string): Memory => ({ when, times: 0, lastAt: 0, known: [], upTo: 0 });

/** Nothing waits and nothing is half done: what stays when customers withdraw. What has fired is not fired again. */
export const forgetWaiting = ({ memory }: TriggerState): TriggerState => ({
  waiting: [],
  memory: memory.map(([trigger, { progress: _progress, ...past }]) => [trigger, past] as const),
});
