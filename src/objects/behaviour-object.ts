import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";
import {
  BEHAVIOUR_MIGRATIONS,
  holdsAny,
  insertBatch,
  lastBatchHere,
  readPage,
  setWriter,
  writerHere,
  type Batch,
  type Page,
} from "../store/behaviour-store.ts";
import { hasTables, migrate } from "../store/migrations.ts";
import { withoutSources } from "./behaviour-entries.ts";

/** Batches of a page, at most. Small ones are small, and large ones are bounded by their size. */
const PAGE_BATCHES_MAX = 1_000;

export type Copying = {
  /** Copy what lies after this batch. */
  readonly after: number;
  /** Object id of the slice that takes the copy. */
  readonly target: string;
  readonly writer: number;
  /** Whoever is left out. */
  readonly without: readonly string[];
};
/** How far the copy has come, and what this page added to it. */
export type Copied = {
  readonly after: number;
  readonly rows: number;
  readonly size: number;
  readonly isEnd: boolean;
};

/**
 * A slice of a shop's behaviour log: what came in one stretch of time, in a storage of its own, because only an object
 * as a whole can be cleared to the last byte. Driven by the shop's ModelObject alone.
 */
export class BehaviourObject extends DurableObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    if (hasTables(ctx.storage)) migrate(ctx.storage, BEHAVIOUR_MIGRATIONS);
  }

  /**
   * Makes the caller the only writer; whatever an earlier one still has on the way is refused from now on. Makes the
   * tables of a new slice. @throws when a later writer came first.
   */
  claim(writer: number): void {
    const { storage } = this.ctx;
    migrate(storage, BEHAVIOUR_MIGRATIONS);
    const known = writerHere(storage);
    if (writer < known)
      throw new Error(`Writer ${writer} comes too late: the slice is written to by ${known}.`);
    if (writer > known) setWriter(storage, writer);
  }

  /** Appends batches, each once. @throws when the caller is not the writer, or the slice was cleared. */
  append(writer: number, batches: readonly Batch[]): void {
    const { storage } = this.ctx;
    if (!hasTables(storage)) throw new Error("The slice was cleared.");
    const known = writerHere(storage);
    if (writer !== known)
      throw new Error(`Writer ${writer} may not append: the slice is written to by ${known}.`);
    storage.transactionSync(() => {
      let last = lastBatchHere(storage);
      for (const batch of batches) {
        if (batch.batch <= last) continue;
        insertBatch(storage, batch);
        last = batch.batch;
      }
    });
  }

  /** The batches after one, in order; `null` where nothing is, any more. Also for whoever recounts the model. */
  read(afterBatch: number, limit: number = PAGE_BATCHES_MAX): Page | null {
    const { storage } = this.ctx;
    return hasTables(storage)
      ? readPage(storage, afterBatch, Math.max(1, Math.min(limit, PAGE_BATCHES_MAX)))
      : null;
  }

  /** Whether any of these sources may occur here, between the batches where it is known to occur. */
  holds(
    sources: readonly { readonly source: string; readonly first: number; readonly last: number }[],
  ): boolean {
    return hasTables(this.ctx.storage) && holdsAny(this.ctx.storage, sources);
  }

  /** Copies a page to another slice, without some sources. Batches keep their numbers; one that is left empty goes. */
  async copy({ after, target, writer, without }: Copying): Promise<Copied> {
    const page = this.read(after);
    if (!page) throw new Error("The slice was cleared.");
    const leftOut = new Set(without);
    const kept = page.batches.flatMap(({ batch, entries }) => {
      const left = withoutSources(entries, leftOut);
      return left === undefined ? [] : [{ batch, entries: left }];
    });
    const { BEHAVIOUR } = this.env;
    if (kept.length > 0) await BEHAVIOUR.get(BEHAVIOUR.idFromString(target)).append(writer, kept);
    return {
      after: page.batches.at(-1)?.batch ?? after,
      rows: kept.length,
      size: kept.reduce((sum, one) => sum + one.entries.length, 0),
      isEnd: page.isEnd,
    };
  }

  /** Leaves nothing: no row, no table, no byte. */
  async clear(): Promise<void> {
    await this.ctx.storage.deleteAll();
  }
}
