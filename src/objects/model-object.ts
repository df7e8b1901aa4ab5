import { DurableObject } from "cloudflare:workers";
import { MIN_CUSTOMERS_DEFAULT } from "../core/config/limits.ts";
import type { Fact } from "../core/recommend/fact.ts";
import { encodeSnapshot } from "../core/recommend/encode.ts";
import { emptyModel, learn, type Model } from "../core/recommend/model.ts";
import { publish } from "../core/recommend/publish.ts";
import type { Env } from "../env.ts";
import { migrate } from "../store/migrations.ts";
import { appendFacts, lastSeq, MODEL_MIGRATIONS, replayFacts } from "../store/model-store.ts";
import type { Shipment } from "../store/outbox.ts";
import { receiveOnce } from "../store/receipts.ts";

/** A snapshot is built at most this share of the time, so that a big model does not spend its life publishing. */
const BUILD_SHARE_MAX = 0.1;

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

  receive(shipment: Shipment): number {
    const { storage } = this.ctx;
    const model = this.#learned();
    const fresh: Fact[] = [];
    const last = receiveOnce(storage, shipment, (parcel) => {
      const { facts } = JSON.parse(parcel.payload) as { facts: Fact[] };
      appendFacts(storage, facts);
      fresh.push(...facts);
    });
    for (const fact of fresh) learn(model, fact); // After the commit: memory never knows more than the log.
    return last;
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
