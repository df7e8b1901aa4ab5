import { DAY_MS, type EpochMs } from "../core/primitives/time.ts";
import { lastSequences, pendingForgotten, saveReceipts } from "../store/model-store.ts";
import type { Shipment } from "../store/outbox.ts";
import { arm, plan } from "../store/schedule.ts";
import {
  countBatch,
  insertSlice,
  lastBatch,
  nextWriter,
  openSlice,
  sealSlice,
  sliceAfter,
  type Slice,
} from "../store/slice-store.ts";
import type { Storage } from "../store/sql.ts";
import { arrivalsOf, batchText, lastOf, newestOf, parseBatch } from "./behaviour-entries.ts";
import type { Arrival, Entry } from "./behaviour-entries.ts";
import type { BehaviourObject } from "./behaviour-object.ts";
import { Lane } from "./lane.ts";

/** How long a shipment waits for others to be committed with: a commit costs two flushes, however much is in it. */
const COMMIT_MS = 50;
/** Characters of a batch. A row of an object holds 2 MB, and a character at most three bytes of it. */
const BATCH_SIZE_MAX = 500_000;
/** A slice takes no more beyond this many characters, or after this long. */
export const SLICE_SIZE_MAX = 16_000_000;
export const SLICE_AGE_MAX_MS = DAY_MS;

type Waiting = {
  readonly source: string;
  readonly arrivals: readonly Arrival[];
  readonly size: number;
  resolve(last: number): void;
  reject(error: unknown): void;
};

/** What a log tells whoever learns from it: a batch that is in it for good. */
export type OnBatch = (batch: number, entries: readonly Entry[]) => void;

/**
 * The shop's behaviour log, in slices. A slice gets a batch first; then receipts and position are committed here. In
 * between lies the only moment at which the two differ, and whoever wakes after it asks the slice: nothing is lost and
 * nothing is taken twice.
 */
export class BehaviourLog {
  readonly #storage: Storage;
  readonly #slices: DurableObjectNamespace<BehaviourObject>;
  readonly #onBatch: OnBatch;
  /** Everything that moves the end of the log runs here. */
  readonly lane = new Lane();
  /** Whoever is left out of every reading. Grows only: a reading may still be under way when a slice was cleared. */
  readonly forgotten: Set<string>;
  /** How long the oldest parcel of the last batch had been on its way. */
  lagMs: number | undefined;
  #waiting: Waiting[] = [];
  /** Our number at the open slice; absent while it is unknown how far that slice has come. */
  #writer: number | undefined;

  constructor(storage: Storage, slices: DurableObjectNamespace<BehaviourObject>, onBatch: OnBatch) {
    this.#storage = storage;
    this.#slices = slices;
    this.#onBatch = onBatch;
    this.forgotten = new Set(pendingForgotten(storage).map(({ source }) => source));
  }

  /** Commits a shipment's parcels, each once. Answers with the last sequence that is now in the log. */
  async receive(shipment: Shipment): Promise<number> {
    const { source } = shipment;
    const pieces: { arrivals: Arrival[]; size: number }[] = [{ arrivals: [], size: 0 }];
    for (const arrival of arrivalsOf(shipment)) {
      let piece = pieces.at(-1)!;
      if (piece.size > 0 && piece.size + arrival.text.length > BATCH_SIZE_MAX)
        pieces.push((piece = { arrivals: [], size: 0 }));
      piece.arrivals.push(arrival);
      piece.size += arrival.text.length;
    }
    let last = 0;
    // One after the other: a later piece that gets in while an earlier one fails would leave a hole.
    for (const piece of pieces) last = await this.#add(source, piece.arrivals, piece.size);
    return last;
  }

  slice(object: string): DurableObjectStub<BehaviourObject> {
    return this.#slices.get(this.#slices.idFromString(object));
  }

  newObject(): string {
    return this.#slices.newUniqueId().toString();
  }

  /**
   * Makes sure that we are the open slice's writer and know how far it has come: takes over what it holds and we never
   * confirmed. Only in the lane. @returns our number.
   */
  async ready(): Promise<number> {
    if (this.#writer !== undefined) return this.#writer;
    const writer = nextWriter(this.#storage);
    const open = openSlice(this.#storage);
    if (open) {
      const slice = this.slice(open.object);
      await slice.claim(writer);
      for (let isEnd = false; !isEnd;) {
        const page = await slice.read(lastBatch(this.#storage));
        for (const { batch, entries } of page?.batches ?? [])
          this.#confirm(batch, parseBatch(entries), entries.length);
        isEnd = page?.isEnd ?? true;
      }
    }
    this.#writer = writer;
    return writer;
  }

  /** What lies after a batch, without the forgotten, and how far that goes. */
  async read(after: number): Promise<{ entries: Entry[]; at: number }> {
    const slice = sliceAfter(this.#storage, after);
    if (!slice) return { entries: [], at: lastBatch(this.#storage) };
    const page = await this.slice(slice.object).read(after);
    if (!page) {
      if (sliceAfter(this.#storage, after)?.object === slice.object)
        throw new Error(`Slice ${slice.n} is not where it should be.`);
      return { entries: [], at: after }; // A copy took its place meanwhile; it is asked next.
    }
    const known = page.batches.filter(({ batch }) => batch <= slice.last);
    const isWhole = page.isEnd || known.length < page.batches.length;
    return {
      entries: known.flatMap(({ entries }) => this.#remembered(parseBatch(entries))),
      at: isWhole ? slice.last : known.at(-1)!.batch,
    };
  }

  #add(source: string, arrivals: readonly Arrival[], size: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const isFirst = this.#waiting.push({ source, arrivals, size, resolve, reject }) === 1;
      if (isFirst) setTimeout(() => void this.lane.run(() => this.#commitGroup()), COMMIT_MS);
    });
  }

  /** Whatever waits by now, as far as a batch holds it. */
  async #commitGroup(): Promise<void> {
    let taken = 0;
    for (let size = 0; taken < this.#waiting.length; taken++) {
      size += this.#waiting[taken]!.size;
      if (taken > 0 && size > BATCH_SIZE_MAX) break;
    }
    const group = this.#waiting.splice(0, taken);
    if (this.#waiting.length > 0) void this.lane.run(() => this.#commitGroup());
    try {
      const confirmed = await this.#commit(group);
      for (const [i, one] of group.entries()) one.resolve(confirmed[i]!);
    } catch (error) {
      // Whether the slice has the batch is unknown now. Senders repeat themselves, and the slice is asked before.
      this.#writer = undefined;
      for (const one of group) one.reject(error);
    }
  }

  async #commit(group: readonly Waiting[]): Promise<number[]> {
    const writer = await this.ready();
    const lasts = lastSequences(
      this.#storage,
      group.map(({ source }) => source),
    );
    const fresh: Arrival[] = [];
    const confirmed = group.map(({ source, arrivals }) => {
      let last = lasts.get(source) ?? 0;
      for (const arrival of arrivals) {
        if (arrival.entry[1] <= last) continue;
        fresh.push(arrival);
        last = arrival.entry[1];
      }
      lasts.set(source, last);
      return last;
    });
    if (fresh.length > 0) {
      const slice = await this.#sliceForMore(writer);
      const batch = lastBatch(this.#storage) + 1;
      const entries = batchText(fresh);
      await this.slice(slice.object).append(writer, [{ batch, entries }]);
      this.#confirm(
        batch,
        fresh.map(({ entry }) => entry),
        entries.length,
      );
      this.lagMs = Date.now() - Math.min(...fresh.map(({ at }) => at ?? Date.now()));
    }
    return confirmed;
  }

  #confirm(batch: number, entries: readonly Entry[], size: number): void {
    this.#storage.transactionSync(() => {
      countBatch(this.#storage, { batch, size, newest: newestOf(entries, Date.now()) });
      saveReceipts(this.#storage, batch, lastOf(entries));
    });
    this.#onBatch(batch, this.#remembered(entries)); // After the commit: memory never knows more than the log.
  }

  #remembered(entries: readonly Entry[]): Entry[] {
    return entries.filter(([source]) => !this.forgotten.has(source));
  }

  /** The open slice; a new one where it has had its day or its fill. */
  async #sliceForMore(writer: number): Promise<Slice> {
    const now: EpochMs = Date.now();
    const open = openSlice(this.#storage);
    const isDone = open && (open.size >= SLICE_SIZE_MAX || now - open.openedAt >= SLICE_AGE_MAX_MS);
    if (open && !isDone) return open;
    const object = this.newObject();
    this.#storage.transactionSync(() => {
      sealSlice(this.#storage);
      insertSlice(this.#storage, object, now);
      plan(this.#storage, "rotate", now + SLICE_AGE_MAX_MS);
    });
    await arm(this.#storage);
    await this.slice(object).claim(writer);
    return openSlice(this.#storage)!;
  }
}
