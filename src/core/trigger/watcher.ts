import type { EpochMs } from "../primitives/time.ts";
import type { JsonObject } from "../webhook/notice.ts";
import type { TriggerContext } from "./trigger-context.ts";
import type { Progress, Waiting } from "./trigger-state.ts";

/** A reason for a trigger to fire, once. */
export type Occasion = {
  /** Names it among those of its trigger, whenever and however often it is found. */
  readonly name: string;
  readonly at: EpochMs;
  /** Rises from occasion to occasion. Absent: `at`. */
  readonly rank?: number | undefined;
  /** How long after it the moment has come, before any delay. */
  readonly waitMs?: number | undefined;
  readonly data: JsonObject;
};

/** What a look came to. */
export type Sight = {
  readonly occasions: readonly Occasion[];
  /** What to remember; absent: nothing. */
  readonly progress?: Progress | undefined;
  /** When to look again though nothing happens. */
  readonly nextAt?: EpochMs | undefined;
};

/** The context with the zone to reckon in. */
export type Scene = TriggerContext & { readonly zone: string };

/** One kind of trigger, made ready for one trigger. Pure; what it remembers is handed in and out. */
export type Watcher = {
  /** Finds occasions. The same one may be found again in any later turn: it counts once. */
  look(scene: Scene, progress: Progress | undefined): Sight;
  /** Whether a waiting occasion still is one, asked when its moment has come. */
  holds(waiting: Waiting, scene: Scene, progress: Progress | undefined): boolean;
  /** A later occasion takes the place of one that still waits. */
  readonly isReplacing?: boolean;
  /** It is of a nature to come once in a life. */
  readonly isUnique?: boolean;
  /** Older occasions set nothing off. Absent: `LATE_MS`. */
  readonly lateMs?: number;
  /** How many occasions are known apart. Absent: `TRIGGER_LIMITS.knownMax`. */
  readonly knownMax?: number;
};

export const NOTHING: Sight = { occasions: [] };
