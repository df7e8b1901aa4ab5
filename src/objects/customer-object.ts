import { DurableObject } from "cloudflare:workers";
import { permits, settleConsent, type ConsentStatement } from "../core/consent/consent.ts";
import type { ResolvedEvent } from "../core/event/resolved.ts";
import type { EpochMs } from "../core/primitives/time.ts";
import { fold, purposesFor, type Effects, type Origin } from "../core/profile/fold.ts";
import { bound, newProfile, PROFILE_LIMITS, type Profile } from "../core/profile/profile.ts";
import { spendingKey } from "../core/profile/exposure.ts";
import { viewOf, type View } from "../core/profile/view.ts";
import type { EventAnswer } from "../core/wire/decide.ts";
import type { Env } from "../env.ts";
import {
  appendEvents,
  CUSTOMER_MIGRATIONS,
  knownDigests,
  loadCustomer,
  saveCustomer,
} from "../store/customer-store.ts";
import { hasTables, migrate } from "../store/migrations.ts";
import { confirm, outboxSize, pending, post, type Destination } from "../store/outbox.ts";
import { arm, cancel, dueErrands, plan, replan } from "../store/schedule.ts";
import { randomText } from "./random.ts";

/** How soon effects leave: long enough to gather a page's events, short enough to learn within a second. */
const DRAIN_MS = 300;
const RETRY_MS = 2_000;

export type Observation = {
  readonly events: readonly ResolvedEvent[];
  /** What the request itself says about consent. It can deny at once; it can grant only what nobody has decided yet. */
  readonly consent: ConsentStatement;
  readonly source: string;
  readonly policyVersion: string;
  readonly grantDays: number;
  /** Object ids that receive this customer's effects. */
  readonly model: string;
  readonly ledger: string;
};
export type Observed = { readonly answers: readonly EventAnswer[]; readonly view?: View | undefined };

/** One customer, or one visitor: what is known, and the only place where it changes. */
export class CustomerObject extends DurableObject<Env> {
  /** A cache of the state row; dropped whenever a transaction fails. */
  #known: { epoch: string; profile: Profile } | undefined;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    // A visitor who is only asked about gets no tables: most ids that a page sends are never stored.
    if (hasTables(ctx.storage)) {
      migrate(ctx.storage, CUSTOMER_MIGRATIONS);
      this.#known = loadCustomer(ctx.storage);
    }
  }

  /** What a decision may know now. Writes nothing. */
  view(consent: ConsentStatement): View | "unknown" | "denied" {
    const known = this.#known;
    if (!known) return "unknown";
    if (consent["personalization"] === false) return "denied";
    return viewOf(known.profile, Date.now()) ?? "denied";
  }

  /** Takes events in: consent, duplicates, profile, log and outbox in one transaction, before the answer. */
  async observe(call: Observation): Promise<Observed> {
    const now = Date.now();
    const { storage } = this.ctx;
    let answers: EventAnswer[];
    try {
      answers = storage.transactionSync(() => this.#take(call, now));
    } catch (error) {
      this.#known = hasTables(storage) ? loadCustomer(storage) : undefined; // Memory may be ahead of the rolled-back row.
      throw error;
    }
    if (this.#known) await arm(storage);
    const view = this.#known && viewOf(this.#known.profile, now);
    return { answers, view };
  }

  #take(call: Observation, now: EpochMs): EventAnswer[] {
    const { storage } = this.ctx;
    const known = this.#known ?? { epoch: randomText(12), profile: newProfile(randomText(12), now) };
    const { profile } = known;
    const origin: Origin = {
      source: call.source,
      now,
      policyVersion: call.policyVersion,
      grantDays: call.grantDays,
    };
    const consentBefore = profile.consent;
    profile.consent = settleConsent(profile.consent, call.consent, {
      at: now,
      source: call.source,
      policyVersion: call.policyVersion,
      days: call.grantDays,
    });

    const digests = this.#known
      ? knownDigests(
          storage,
          call.events.map((event) => event.id),
        )
      : new Map<string, number>();
    const effects: Effects = { facts: [], deltas: [] };
    const accepted: ResolvedEvent[] = [];
    const answers = call.events.map((event): EventAnswer => {
      const digest = digests.get(event.id);
      if (digest !== undefined) {
        return digest === event.digest
          ? { id: event.id, status: "duplicate" }
          : {
              id: event.id,
              status: "rejected",
              code: "event_conflict",
              detail: "Another event with this id came first; the first one stays.",
            };
      }
      const needed = purposesFor(event, call.source);
      if (needed.length > 0 && !needed.some((purpose) => permits(profile.consent, purpose, now))) {
        return {
          id: event.id,
          status: "rejected",
          code: "consent_missing",
          detail: `One of these purposes must be granted: ${needed.join(", ")}.`,
        };
      }
      if (event.type === "slot_seen" || event.type === "slot_clicked") {
        if (event.claim.subject !== this.ctx.id.toString().slice(0, 16)) {
          return {
            id: event.id,
            status: "rejected",
            code: "token_invalid",
            detail: "The decision was made for somebody else.",
          };
        }
        const key = spendingKey(event);
        if (profile.spent.has(key)) return { id: event.id, status: "duplicate" };
        for (const [spent, expiresAt] of profile.spent) if (expiresAt < now) profile.spent.delete(spent);
        profile.spent.set(key, event.claim.expiresAt);
        bound(profile.spent, PROFILE_LIMITS.spent);
      }
      digests.set(event.id, event.digest);
      fold(profile, event, origin, effects);
      for (const ref of event.unmatched ?? []) {
        effects.deltas.push({
          family: "unmatched",
          name: ref,
          part: event.page?.url ?? "",
          metric: "count",
          by: 1,
        });
      }
      accepted.push(event);
      return { id: event.id, status: "accepted" };
    });

    if (accepted.length === 0 && profile.consent === consentBefore) return answers;
    if (!this.#known) migrate(storage, CUSTOMER_MIGRATIONS);
    this.#known = known;
    if (accepted.length > 0) appendEvents(storage, profile.nextSeq, now, call.source, accepted);
    if (effects.facts.length > 0)
      post(storage, ++profile.nextSeq, "model", { to: call.model, facts: effects.facts });
    if (effects.deltas.length > 0)
      post(storage, ++profile.nextSeq, "ledger", { to: call.ledger, deltas: effects.deltas });
    profile.nextSeq++;
    if (effects.facts.length + effects.deltas.length > 0) plan(storage, "drain", now + DRAIN_MS);
    saveCustomer(storage, known.epoch, profile);
    return answers;
  }

  /** Runs what is due. Never throws: after about two minutes of throwing the platform drops an alarm for good. */
  override async alarm(): Promise<void> {
    const { storage } = this.ctx;
    try {
      const now = Date.now();
      for (const errand of dueErrands(storage, now)) {
        replan(storage, errand, now + RETRY_MS); // Armed before the work, so that a crash in it wakes us again.
        await arm(storage);
        if (errand === "drain") await this.#drain();
      }
    } catch (error) {
      console.error(JSON.stringify({ at: "customer.alarm", error: String(error) }));
    }
    await arm(storage);
  }

  async #drain(): Promise<void> {
    const { storage } = this.ctx;
    const known = this.#known;
    if (!known) return;
    const source = `${this.ctx.id.toString()}:${known.epoch}`;
    for (const destination of ["model", "ledger"] as const satisfies readonly Destination[]) {
      const parcels = pending(storage, destination);
      const first = parcels[0];
      if (!first) continue;
      const { to } = JSON.parse(first.payload) as { to: string };
      const namespace = destination === "model" ? this.env.MODEL : this.env.LEDGER;
      const receiver = namespace.get(namespace.idFromString(to) as never);
      confirm(storage, destination, await receiver.receive({ source, parcels }));
    }
    if (outboxSize(storage) === 0) cancel(storage, "drain");
    else replan(storage, "drain", Date.now());
  }
}
