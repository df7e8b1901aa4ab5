import { DAY_MS, type EpochMs } from "../core/primitives/time.ts";
import { markCleared, pendingForgotten } from "../store/model-store.ts";
import {
  allSlices,
  confirmEmpty,
  countEdit,
  discard,
  discarded,
  dropSlice,
  openSlice,
  replaceSlice,
  sealSlice,
  type Slice,
} from "../store/slice-store.ts";
import type { Storage } from "../store/sql.ts";
import { SLICE_AGE_MAX_MS, type BehaviourLog } from "./behaviour-log.ts";
import { Lane } from "./lane.ts";

/** How long behaviour is remembered: a slice whose newest fact is older goes as a whole. */
export const BEHAVIOUR_DAYS_MAX = 400;
const BEHAVIOUR_MS_MAX = BEHAVIOUR_DAYS_MAX * DAY_MS;

/**
 * What has to be done to the behaviour log from time to time: leaving out the forgotten, ending slices, dropping old
 * ones. Each can be broken off at any point and begun again: what is being written is listed as discarded before its
 * first byte, and what was replaced stays listed until its object has said that it is empty.
 */
export class BehaviourChores {
  readonly #storage: Storage;
  readonly #log: BehaviourLog;
  readonly #lane = new Lane();

  constructor(storage: Storage, log: BehaviourLog) {
    this.#storage = storage;
    this.#log = log;
  }

  /** Rewrites every slice that holds somebody who was forgotten, and clears the ones before. */
  clearForgotten(): Promise<void> {
    return this.#lane.run(async () => {
      await this.#sweep();
      if (pendingForgotten(this.#storage).length === 0) return;
      // In the lane no batch is on its way that was begun before they were forgotten; later ones hold nothing of them.
      const pending = await this.#log.lane.run(async () => {
        await this.#log.ready();
        return pendingForgotten(this.#storage);
      });
      const sources = pending.map(({ source }) => source);
      let before = 0;
      for (const slice of allSlices(this.#storage)) {
        const here = pending.flatMap(({ source, first, last }) =>
          first !== null && last !== null && first <= slice.last && last > before
            ? [{ source, first, last }]
            : [],
        );
        before = slice.last;
        if (here.length > 0 && (await this.#log.slice(slice.object).holds(here)))
          await this.#rewrite(slice, sources);
      }
      await this.#sweep();
      markCleared(this.#storage, sources, Date.now());
    });
  }

  /** Ends a slice after its day, drops slices after their time. @returns when there is more to do of that kind. */
  rotate(now: EpochMs): Promise<EpochMs | undefined> {
    return this.#lane.run(async () => {
      const storage = this.#storage;
      await this.#log.lane.run(async () => {
        const open = openSlice(storage);
        if (open && now - open.openedAt >= SLICE_AGE_MAX_MS) sealSlice(storage);
      });
      storage.transactionSync(() => {
        for (const slice of allSlices(storage)) {
          if (slice.isOpen || (slice.rows > 0 && slice.newest >= now - BEHAVIOUR_MS_MAX)) continue;
          dropSlice(storage, slice);
          if (slice.rows > 0) countEdit(storage);
        }
      });
      await this.#sweep();
      const ends = allSlices(storage).map((slice) =>
        slice.isOpen ? slice.openedAt + SLICE_AGE_MAX_MS : slice.newest + BEHAVIOUR_MS_MAX + 1,
      );
      return ends.length > 0 ? Math.min(...ends) : undefined;
    });
  }

  /** Copies a slice without some sources, and puts the copy in its place. Batches go on arriving meanwhile. */
  async #rewrite(slice: Slice, sources: readonly string[]): Promise<void> {
    const storage = this.#storage;
    const object = this.#log.newObject();
    discard(storage, object);
    const target = this.#log.slice(object);
    const copied = { after: 0, rows: 0, size: 0 };
    const copyRest = async (writer: number) => {
      await target.claim(writer);
      for (let isEnd = false; !isEnd;) {
        const page = await this.#log
          .slice(slice.object)
          .copy({ after: copied.after, target: object, writer, without: sources });
        copied.after = page.after;
        copied.rows += page.rows;
        copied.size += page.size;
        isEnd = page.isEnd;
      }
    };
    await copyRest(await this.#log.lane.run(() => this.#log.ready()));
    await this.#log.lane.run(async () => {
      await copyRest(await this.#log.ready()); // What came since; nothing comes while we are in the lane.
      storage.transactionSync(() => replaceSlice(storage, slice, { object, ...copied }));
    });
  }

  /** Clears every object that holds nothing anybody may read. */
  async #sweep(): Promise<void> {
    for (const object of discarded(this.#storage)) {
      await this.#log.slice(object).clear();
      confirmEmpty(this.#storage, object);
    }
  }
}
