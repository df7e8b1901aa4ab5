import { DurableObject } from "cloudflare:workers";
import { HOUR_MS, MINUTE_MS, type EpochMs } from "../core/primitives/time.ts";
import { bytesAt, layOut, type Layout, type SnapshotStart } from "../core/recommend/snapshot/encode.ts";
import type { Model } from "../core/recommend/learn/model.ts";
import { publish } from "../core/recommend/snapshot/publish.ts";
import type { Terms } from "../core/recommend/terms.ts";
import type { Env } from "../env.ts";
import { migrate } from "../store/migrations.ts";
import { markForgotten, MODEL_MIGRATIONS, pendingForgotten, promisedBy } from "../store/model-store.ts";
import type { Shipment } from "../store/outbox.ts";
import { arm, cancel, dueErrands, plan, replan, type Errand } from "../store/schedule.ts";
import { allSlices, countEdit, edits, lastBatch } from "../store/slice-store.ts";
import { dropTold } from "../store/told-store.ts";
import { BehaviourChores } from "./behaviour-chores.ts";
import { BehaviourLog } from "./behaviour-log.ts";
import { LastTold } from "./last-told.ts";
import { LearnedModel, versionOf } from "./learned-model.ts";
import { LiveRing } from "./live-ring.ts";
import { ProductTypes } from "./product-types.ts";

/** A snapshot is built at most this share of the time: whoever has to wait for one is then none in a hundred. */
const BUILD_SHARE_MAX = 0.01;
/** Facts that are made ready in a millisecond, or more of them: a Worker's clock may stand still while it computes. */
const FACTS_PER_MS = 250;
/** How long an isolate waits for a model that is being made from the log. It has an older one, or does without. */
const ANSWER_MS = 300;

/** By when shared logs hold nothing more of somebody who was forgotten. */
const CLEAR_WITHIN_MS = 24 * HOUR_MS;
/** When they are rewritten: late enough for several erasures to share a copy, early enough to fail for hours. */
const CLEAR_AFTER_MS = 10 * MINUTE_MS;
const RETRY_MS = MINUTE_MS;

/** Snapshots are sent in pieces of this size: a message between objects has a limit, and so has memory. */
const PIECE_BYTES = 1 << 20;

type Published = {
  readonly layout: Layout;
  readonly minCustomers: number;
  readonly model: Model;
  readonly nextBuildAt: EpochMs;
};

export type ModelStatus = {
  /** How far the log has come; a snapshot of that version has learned all of it. */
  readonly version: number;
  /** Of the model in memory; absent while there is none. */
  readonly learnedVersion?: number;
  /** How long the oldest fact of the last batch had been on its way. */
  readonly lagMs?: number;
  readonly slices: number;
  readonly rows: number;
  /** Sources that were forgotten and may still lie in a slice, and by when the last of them is gone. */
  readonly forgottenPending: number;
  readonly clearedBy?: EpochMs;
};

/** What a shop's behaviour teaches: the log is the truth, the counters in memory are derived from it. */
export class ModelObject extends DurableObject<Env> {
  readonly #log: BehaviourLog;
  readonly #learned: LearnedModel;
  readonly #chores: BehaviourChores;
  readonly #types: ProductTypes;
  readonly #told: LastTold;
  readonly #live = new LiveRing();
  #published: Published | undefined;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const { storage } = ctx;
    migrate(storage, MODEL_MIGRATIONS);
    this.#log = new BehaviourLog(storage, env.BEHAVIOUR, (batch, entries) => {
      this.#live.note(entries, Date.now());
      this.#learned.add(batch, entries);
    });
    this.#learned = new LearnedModel(storage, this.#log);
    this.#told = new LastTold(storage);
    this.#types = new ProductTypes(env.SITE);
    this.#chores = new BehaviourChores(storage, this.#log);
  }

  /** Takes what a customer's acts teach, each once. Answers with the last sequence that is now in the log. */
  receive(shipment: Shipment): Promise<number> {
    return this.#log.receive(shipment);
  }

  /**
   * The model as isolates read it by a site's terms: its size and its first piece, or `null` when the caller's version is the latest that
   * is worth sending, or the next is still in the making.
   */
  async snapshot(known: number, terms: Terms, site?: string): Promise<SnapshotStart | null> {
    const { minCustomers } = terms;
    this.#learned.agree(terms);
    const [learned] = await Promise.all([
      this.#learned.current(ANSWER_MS),
      site === undefined ? undefined : this.#types.refresh(site, ANSWER_MS),
    ]);
    if (learned) {
      const version = versionOf(learned);
      const now = Date.now();
      const published = this.#published;
      const isOther = published?.minCustomers !== minCustomers || published.model !== learned.model;
      if (isOther || (published.layout.version !== version && now >= published.nextBuildAt)) {
        const previous = this.#told.before(learned, minCustomers);
        const { of: typeOf } = this.#types;
        const told = publish(learned.model, { minCustomers, version, now, previous, typeOf });
        const layout = layOut(told);
        this.#told.keep(learned, told, now);
        const took = Math.max(Date.now() - now, learned.model.facts / FACTS_PER_MS);
        this.#published = {
          layout,
          minCustomers,
          model: learned.model,
          nextBuildAt: now + took / BUILD_SHARE_MAX,
        };
      }
    }
    const latest = this.#published;
    if (latest?.minCustomers !== minCustomers || latest.layout.version === known) return null;
    const { version, size } = latest.layout;
    return { version, size, bytes: bytesAt(latest.layout, 0, PIECE_BYTES) };
  }

  /** The piece of a snapshot that begins at a byte, or `null` when another one has taken its place meanwhile. */
  snapshotFrom(version: number, minCustomers: number, from: number): Uint8Array | null {
    const latest = this.#published;
    if (latest?.layout.version !== version || latest.minCustomers !== minCustomers) return null;
    return bytesAt(latest.layout, from, PIECE_BYTES);
  }

  /**
   * Forgets people by the names of their storages. At once nothing more is learned of them, and the model is made again
   * without them; the slices that hold them are rewritten soon, and within 24 h whatever happens. Repeats change nothing.
   */
  async forget(call: {
    readonly sources: readonly string[];
    readonly receiptId: string;
  }): Promise<{ clearedBy: EpochMs }> {
    const { storage } = this.ctx;
    const at = Date.now();
    const soon = at + clearAfterMs(this.env.CLEAR_AFTER_MS);
    storage.transactionSync(() => {
      const mark = { receiptId: call.receiptId, at, until: at + CLEAR_WITHIN_MS };
      if (markForgotten(storage, call.sources, mark)) {
        countEdit(storage);
        dropTold(storage);
      }
      if (pendingForgotten(storage).length > 0) plan(storage, "forget", soon);
    });
    for (const source of call.sources) this.#log.forgotten.add(source);
    await arm(storage);
    return { clearedBy: promisedBy(storage, call.sources) ?? at };
  }

  /** What people just did, after a sequence. */
  live(after: number): ReturnType<LiveRing["after"]> {
    return this.#live.after(after);
  }

  status(): ModelStatus {
    const { storage } = this.ctx;
    const slices = allSlices(storage);
    const pending = pendingForgotten(storage);
    const learnedVersion = this.#learned.version;
    const { lagMs } = this.#log;
    return {
      version: versionOf({ batch: lastBatch(storage), edits: edits(storage) }),
      ...(learnedVersion === undefined ? {} : { learnedVersion }),
      ...(lagMs === undefined ? {} : { lagMs }),
      slices: slices.length,
      rows: slices.reduce((sum, { rows }) => sum + rows, 0),
      forgottenPending: pending.length,
      ...(pending.length === 0 ? {} : { clearedBy: Math.max(...pending.map(({ until }) => until)) }),
    };
  }

  /** Rewrites and drops slices when it is time. Plans its next run before it works, and never throws. */
  override async alarm(): Promise<void> {
    const { storage } = this.ctx;
    try {
      const now = Date.now();
      const due = dueErrands(storage, now);
      for (const errand of due) replan(storage, errand, now + RETRY_MS);
      await arm(storage);
      for (const errand of due) await this.#run(errand, now).catch(report);
      await arm(storage);
    } catch (error) {
      report(error);
      await storage.setAlarm(Date.now() + RETRY_MS);
    }
  }

  async #run(errand: Errand, now: EpochMs): Promise<void> {
    const { storage } = this.ctx;
    if (errand === "forget") {
      await this.#chores.clearForgotten();
      // Whoever was forgotten meanwhile is next; the retry that is planned already is as good a time as any.
      if (pendingForgotten(storage).length === 0) cancel(storage, "forget");
    } else {
      const next = await this.#chores.rotate(now);
      if (next === undefined) cancel(storage, errand);
      else replan(storage, errand, next);
    }
  }
}

/** How soon after an erasure slices are rewritten. A setting may shorten it; it never endangers the promise. */
function clearAfterMs(setting: string | undefined): number {
  const ms = Number(setting ?? CLEAR_AFTER_MS);
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), CLEAR_WITHIN_MS / 2) : CLEAR_AFTER_MS;
}

function report(error: unknown): void {
  console.error(JSON.stringify({ at: "model.alarm", error: String(error) }));
}
