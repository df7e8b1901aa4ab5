import { DurableObject } from "cloudflare:workers";
import { permits, settleConsent, type ConsentStatement } from "../core/consent/consent.ts";
import type { ResolvedEvent } from "../core/event/resolved.ts";
import type { EpochMs } from "../core/primitives/time.ts";
import { summed } from "../core/profile/delta.ts";
import { spendingKey } from "../core/profile/exposure.ts";
import type { Effects } from "../core/profile/effects.ts";
import { fold, purposesFor, type Origin } from "../core/profile/fold.ts";
import { bound, newProfile, PROFILE_LIMITS } from "../core/profile/profile.ts";
import { encodeView, viewOf } from "../core/profile/view.ts";
import type { EventAnswer } from "../core/wire/decide.ts";
import type { Env } from "../env.ts";
import {
  appendEvents,
  CUSTOMER_MIGRATIONS,
  knownDigests,
  loadCustomer,
  saveCustomer,
  type Customer,
} from "../store/customer-store.ts";
import { hasTables, migrate } from "../store/migrations.ts";
import { post } from "../store/outbox.ts";
import { Dispatch } from "./dispatch.ts";
import { randomText } from "./random.ts";

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
  readonly wantsView: boolean;
};
/** `view` is the text of a View; absent where personalization is not permitted, or nobody asked. */
export type Observed = { readonly answers: readonly EventAnswer[]; readonly view?: string | undefined };

/** One customer, or one visitor: what is known, and the only place where it changes. */
export class CustomerObject extends DurableObject<Env> {
  /** A cache of the state row; dropped whenever a transaction fails. */
  #known: Customer | undefined;
  /** The view's text, for as long as neither the profile nor a grant's validity changes. */
  #viewText: { readonly text: string | undefined; readonly until: EpochMs } | undefined;
  readonly #dispatch: Dispatch;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#dispatch = new Dispatch(ctx, env);
    // A visitor who is only asked about gets no tables: most ids that a page sends are never stored.
    if (hasTables(ctx.storage)) {
      migrate(ctx.storage, CUSTOMER_MIGRATIONS);
      this.#known = loadCustomer(ctx.storage);
    }
  }

  /** What a decision may know now, as text. Writes nothing. */
  view(consent: ConsentStatement): string | "unknown" | "denied" {
    if (!this.#known) return "unknown";
    if (consent["personalization"] === false) return "denied";
    return this.#view(Date.now()) ?? "denied";
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
      this.#viewText = undefined;
      this.#dispatch.forget();
      throw error;
    }
    if (this.#known) await this.#dispatch.arm(this.#known);
    return { answers, view: call.wantsView ? this.#view(now) : undefined };
  }

  #view(now: EpochMs): string | undefined {
    if (!this.#known) return undefined;
    if (!this.#viewText || now >= this.#viewText.until) {
      const { profile } = this.#known;
      const view = viewOf(profile, now);
      const ends = Object.values(profile.consent).map((grant) => grant.expiresAt);
      const until = Math.min(...ends.filter((end) => end > now), Number.MAX_SAFE_INTEGER);
      this.#viewText = { text: view && encodeView(view), until };
    }
    return this.#viewText.text;
  }

  #take(call: Observation, now: EpochMs): EventAnswer[] {
    const { storage } = this.ctx;
    const known: Customer = this.#known ?? {
      epoch: randomText(12),
      model: call.model,
      ledger: call.ledger,
      profile: newProfile(randomText(12), now),
    };
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
    this.#viewText = undefined;
    if (accepted.length > 0) appendEvents(storage, profile.nextSeq, now, call.source, accepted);
    const seq = ++profile.nextSeq;
    profile.nextSeq++;
    if (effects.facts.length + effects.deltas.length > 0) {
      post(storage, seq, effects.facts, summed(effects.deltas));
      this.#dispatch.plan(now);
    }
    saveCustomer(storage, known);
    return answers;
  }

  override async alarm(): Promise<void> {
    if (this.#known) await this.#dispatch.alarm(this.#known);
  }
}
