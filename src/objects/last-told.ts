import { MINUTE_MS, type EpochMs } from "../core/primitives/time.ts";
import { decodeSnapshot, encodeSnapshot } from "../core/recommend/snapshot/encode.ts";
import { noSessions } from "../core/recommend/snapshot/recent-sessions.ts";
import type { ModelSnapshot } from "../core/recommend/snapshot/snapshot.ts";
import { edits } from "../store/slice-store.ts";
import type { Storage } from "../store/sql.ts";
import { readTold, saveTold } from "../store/told-store.ts";
import type { Learned } from "./learned-model.ts";

/** What was told is stored at most so often, and for a large model so much more seldom for each megabyte. */
const STORE_EVERY_MS = 5 * MINUTE_MS;
const STORE_MS_PER_MB = MINUTE_MS;

/**
 * What a guarded model told last, so that rows stay as they were told until enough people have acted on their item. It
 * outlasts the object: a quiet shop's object is made anew for nearly every visit, and that is where one visit would show.
 * Rows that moved since it was last stored move once more after a restart. Nothing of it outlasts an erasure or other
 * terms.
 */
export class LastTold {
  readonly #storage: Storage;
  #told: { readonly terms: string; readonly snapshot: ModelSnapshot | undefined } | undefined;
  #nextStoreAt: EpochMs = 0;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** What was told before of the same log by the same terms. */
  before(learned: Learned, minCustomers: number): ModelSnapshot | undefined {
    if (!learned.model.guard) return (this.#told = undefined);
    const terms = termsOf(learned, minCustomers);
    if (this.#told?.terms !== terms) this.#told = { terms, snapshot: this.#read(terms) };
    return this.#told.snapshot;
  }

  /** Remembers what is told now. */
  keep(learned: Learned, snapshot: ModelSnapshot, now: EpochMs): void {
    if (!learned.model.guard) return;
    const terms = termsOf(learned, snapshot.minCustomers);
    this.#told = { terms, snapshot };
    // Whoever was forgotten while this was learned must not come back to where they were just removed from.
    if (now < this.#nextStoreAt || learned.edits !== edits(this.#storage)) return;
    const bytes = encodeSnapshot({ ...snapshot, sessions: noSessions(), typePairs: new Map() });
    saveTold(this.#storage, terms, now, bytes);
    this.#nextStoreAt = now + pauseAfter(bytes.length);
  }

  #read(terms: string): ModelSnapshot | undefined {
    const stored = readTold(this.#storage, terms);
    this.#nextStoreAt = stored ? stored.at + pauseAfter(stored.bytes.length) : 0;
    try {
      return stored && decodeSnapshot(stored.bytes);
    } catch (error) {
      console.error(JSON.stringify({ at: "model.told", error: String(error) }));
      return undefined;
    }
  }
}

const pauseAfter = (bytes: number): number => Math.max(STORE_EVERY_MS, (bytes / 2 ** 20) * STORE_MS_PER_MB);

const termsOf = ({ edits: edited, profile }: Learned, minCustomers: number): string =>
  `${edited} ${profile} ${minCustomers}`;
