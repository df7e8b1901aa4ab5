import { DurableObject } from "cloudflare:workers";
import { MIN_CUSTOMERS_DEFAULT } from "../core/config/limits.ts";
import type { Fact } from "../core/recommend/fact.ts";
import { encodeSnapshot } from "../core/recommend/encode.ts";
import { emptyModel, learn, type Model } from "../core/recommend/model.ts";
import { publish } from "../core/recommend/publish.ts";
import type { Env } from "../env.ts";
import { GroupCommit } from "./group-commit.ts";
import { migrate } from "../store/migrations.ts";
import { appendFacts, lastSeq, MODEL_MIGRATIONS, replayFacts } from "../store/model-store.ts";
import type { Shipment } from "../store/outbox.ts";
import { receiveOnce } from "../store/receipts.ts";

/** A snapshot is built at most this share of the time, so that a big model does not spend its life publishing. */
const BUILD_SHARE_MAX = 0.1;

/** How long a report waits for others to be committed with. */
const COMMIT_MS = 50;

/** What a shop's behaviour teaches: the log is the truth, the counters in memory are derived from it. */
export class ModelObject extends DurableObject<Env> {
  #model: Model | undefined;
  /** People counted per pair, at most: enough to tell whether the threshold is reached. */
  #supportersCap = MIN_CUSTOMERS_DEFAULT;
  #published: { version: number; minCustomers: number; bytes: Uint8Array; nextBuildAt: number } | undefined;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    migrate(ctx.storage, MODEL_MIGRATIONS);
  }

  readonly #commits = new GroupCommit<Shipment, number>(COMMIT_MS, (shipments) => {
    const { storage } = this.ctx;
    const model = this.#learned();
    const fresh: Fact[] = [];
    const confirmed = storage.transactionSync(() => {
      const last = shipments.map((shipment) =>
        receiveOnce(storage, shipment, (parcel) => fresh.push(...(JSON.parse(parcel.payload) as Fact[]))),
      );
      if (fresh.length > 0) appendFacts(storage, fresh);
      return last;
    });
    for (const fact of fresh) learn(model, fact); // After the commit: memory never knows more than the log.
    return confirmed;
  });

  /** Takes what a customer's acts teach, each once. Answers with the last sequence that is now learned. */
  receive(shipment: Shipment): Promise<number> {
    return this.#commits.add(shipment);
  }

  /** The model as isolates read it, or `null` when the caller's version is the latest that is worth sending. */
  snapshot(known: number, minCustomers: number): { version: number; bytes: Uint8Array } | null {
    if (minCustomers > this.#supportersCap) {
      this.#supportersCap = minCustomers;
      this.#model = undefined; // Learned again from the log, counting further.
    }
    const version = lastSeq(this.ctx.storage);
    const now = Date.now();
    const published = this.#published;
    const isStale = !published || published.minCustomers !== minCustomers || published.version !== version;
    if (isStale && (!published || published.minCustomers !== minCustomers || now >= published.nextBuildAt)) {
      const bytes = encodeSnapshot(publish(this.#learned(), { minCustomers, version, now }));
      // The clock may stand still while we compute; then the pause is simply short.
      const took = Date.now() - now;
      this.#published = { version, minCustomers, bytes, nextBuildAt: now + took / BUILD_SHARE_MAX };
    }
    const latest = this.#published!;
    return latest.version === known ? null : { version: latest.version, bytes: latest.bytes };
  }

  /** How far the log has come; a snapshot of that version has learned all of it. */
  status(): { version: number } {
    return { version: lastSeq(this.ctx.storage) };
  }

  #learned(): Model {
    if (!this.#model) {
      this.#model = emptyModel({ supportersCap: this.#supportersCap });
      for (const fact of replayFacts(this.ctx.storage)) learn(this.#model, fact);
    }
    return this.#model;
  }
}
