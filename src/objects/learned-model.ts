import type { EpochMs } from "../core/primitives/time.ts";
import { emptyModel, learn, type Model } from "../core/recommend/learn/model.ts";
import type { ProfileName } from "../core/recommend/settings.ts";
import { DEFAULT_TERMS, learnAlike, settingsFor, type Terms } from "../core/recommend/terms.ts";
import { edits, lastBatch } from "../store/slice-store.ts";
import type { Storage } from "../store/sql.ts";
import type { Entry } from "./behaviour-entries.ts";
import type { BehaviourLog } from "./behaviour-log.ts";

/** A log that keeps losing rows is replayed at most this share of the time. */
const REPLAY_SHARE_MAX = 0.1;

/** Entries learned between two pauses: some ten milliseconds. */
const ENTRIES_AT_ONCE = 100;

/** A model, and what it was learned from. */
export type Learned = {
  readonly model: Model;
  batch: number;
  readonly edits: number;
  readonly profile: ProfileName;
};

/** Grows with everything that changes what may be told. @example versionOf({ batch: 7, edits: 1 }) // 8 */
export const versionOf = ({ batch, edits }: Pick<Learned, "batch" | "edits">): number => batch + edits;

/** The counters in memory: derived from the log, and made again from it when they are needed and not there. */
export class LearnedModel {
  readonly #storage: Storage;
  readonly #log: BehaviourLog;
  /** People counted per pair, at most: enough to tell whether the threshold is reached. */
  #supportersCap = DEFAULT_TERMS.minCustomers;
  #learned: Learned | undefined;
  #replaying: Promise<Learned> | undefined;
  #nextReplayAt: EpochMs = 0;

  #terms: Terms = DEFAULT_TERMS;

  constructor(storage: Storage, log: BehaviourLog) {
    this.#storage = storage;
    this.#log = log;
  }

  /** Learns a batch that was committed. Without a model in memory there is nothing to do: the log has it. */
  add(batch: number, entries: readonly Entry[]): void {
    const learned = this.#learned;
    if (!learned || batch <= learned.batch) return;
    learned.batch = batch;
    learnAll(learned.model, entries);
  }

  /** Learns by the latest terms from now on; where they change what is counted, the log is asked anew. */
  agree(terms: Terms): void {
    const isNewer = terms.revision >= this.#terms.revision;
    const isAlike = !isNewer || learnAlike(terms, this.#terms);
    if (isNewer) this.#terms = terms;
    if (isAlike && terms.minCustomers <= this.#supportersCap) return;
    this.#supportersCap = Math.max(terms.minCustomers, this.#supportersCap);
    this.#learned = undefined;
  }

  get version(): number | undefined {
    return this.#learned && versionOf(this.#learned);
  }

  /** The model, or `undefined` when it takes longer than this to make it. It goes on being made. */
  async current(waitMs: number): Promise<Learned | undefined> {
    const isOutdated = this.#learned?.edits !== edits(this.#storage) && Date.now() >= this.#nextReplayAt;
    if (this.#learned && !isOutdated) return this.#learned;
    this.#learned = undefined;
    this.#replaying ??= this.#replay().finally(() => (this.#replaying = undefined));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const enough = new Promise<undefined>(
      (resolve) => (timer = setTimeout(() => resolve(undefined), waitMs)),
    );
    try {
      return await Promise.race([this.#replaying, enough]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Reads the whole log. Batches that are committed meanwhile are read at its end, until none is missing. */
  async #replay(): Promise<Learned> {
    const startedAt = Date.now();
    try {
      for (;;) {
        const cap = this.#supportersCap;
        const terms = this.#terms;
        const learned: Learned = {
          model: emptyModel(settingsFor(terms, cap)),
          batch: 0,
          edits: edits(this.#storage),
          profile: terms.profile,
        };
        while (cap === this.#supportersCap && learnAlike(terms, this.#terms)) {
          // No await between this question and the assignment: a batch is either read here or added by the log.
          if (learned.batch >= lastBatch(this.#storage)) return (this.#learned = learned);
          const page = await this.#log.read(learned.batch);
          // Where objects share a process, nobody else has a turn before this one pauses.
          for (let from = 0; from < page.entries.length; from += ENTRIES_AT_ONCE) {
            learnAll(learned.model, page.entries.slice(from, from + ENTRIES_AT_ONCE));
            await new Promise((resolve) => setTimeout(resolve, 0));
          }
          learned.batch = page.at;
        }
      }
    } catch (error) {
      console.error(JSON.stringify({ at: "model.replay", error: String(error) }));
      throw error;
    } finally {
      this.#nextReplayAt = Date.now() + (Date.now() - startedAt) / REPLAY_SHARE_MAX;
    }
  }
}

function learnAll(model: Model, entries: readonly Entry[]): void {
  for (const [who, , facts] of entries) for (const fact of facts) learn(model, { ...fact, who });
}
