import { DurableObject } from "cloudflare:workers";
import { permits, settleConsent, type ConsentStatement } from "../core/consent/consent.ts";
import type { ResolvedEvent } from "../core/event/resolved.ts";
import type { EpochMs } from "../core/primitives/time.ts";
import { summed } from "../core/profile/delta.ts";
import { spendingKey } from "../core/profile/exposure.ts";
import { fold, purposesFor, type Effects, type Origin } from "../core/profile/fold.ts";
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
import { forgetUpTo, outboxSize, owedAfter, parcelsOf, post } from "../store/outbox.ts";
import { arm, cancel, plan, replan } from "../store/schedule.ts";
import { randomText } from "./random.ts";

/** How soon effects leave: long enough to gather a page's events, short enough to learn within a second. */
const DRAIN_MS = 300;
/** When the alarm looks after what a timer should have sent: timers die with their process, alarms do not. */
const NET_MS = 4_000;
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
  /** Both receivers have confirmed up to here; the alarm clears the rows, a few seconds' worth at a time. */
  #confirmed = 0;
  #isDraining = false;
  #hasTimer = false;
  #isArmed = false;
  #plannedAt = 0;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
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
      this.#isArmed = false;
      this.#plannedAt = 0;
      throw error;
    }
    if (this.#known && !this.#isArmed) {
      this.#isArmed = true;
      await arm(storage);
    }
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
      // The plan stands in its table; memory only spares asking for it at every event.
      if (now >= this.#plannedAt) {
        this.#plannedAt = now + NET_MS;
        if (plan(storage, "drain", this.#plannedAt)) this.#isArmed = false;
      }
      this.#drainSoon();
    }
    saveCustomer(storage, known);
    return answers;
  }

  /** Sends what is owed a moment from now, once for all that comes until then. */
  #drainSoon(): void {
    if (this.#hasTimer) return;
    this.#hasTimer = true;
    this.ctx.waitUntil(
      new Promise((resolve) => setTimeout(resolve, DRAIN_MS)).then(() => {
        this.#hasTimer = false;
        return this.#drain();
      }),
    );
  }

  /** Sends everything owed to both receivers, in order. Never throws: what fails is sent again by the alarm. */
  async #drain(): Promise<void> {
    const known = this.#known;
    if (!known || this.#isDraining) return;
    this.#isDraining = true;
    try {
      const source = `${this.ctx.id.toString()}:${known.epoch}`;
      const { MODEL, LEDGER } = this.env;
      for (;;) {
        const owed = owedAfter(this.ctx.storage, this.#confirmed);
        if (owed.length === 0) return;
        const facts = parcelsOf(owed, "facts");
        const deltas = parcelsOf(owed, "deltas");
        await Promise.all([
          facts.length > 0 && MODEL.get(MODEL.idFromString(known.model)).receive({ source, parcels: facts }),
          deltas.length > 0 &&
            LEDGER.get(LEDGER.idFromString(known.ledger)).receive({ source, parcels: deltas }),
        ]);
        this.#confirmed = owed.at(-1)!.seq;
      }
    } catch (error) {
      console.error(JSON.stringify({ at: "customer.drain", error: String(error) }));
    } finally {
      this.#isDraining = false;
    }
  }

  /**
   * Looks after the outbox when no timer does. Plans its next run before it works and never throws: after about two
   * minutes of throwing the platform drops an alarm for good.
   */
  override async alarm(): Promise<void> {
    if (!this.#known) return;
    const { storage } = this.ctx;
    try {
      this.#isArmed = false;
      this.#plannedAt = 0;
      if (!this.#settle()) {
        replan(storage, "drain", Date.now() + RETRY_MS);
        await arm(storage);
        await this.#drain();
        this.#settle();
      }
      await arm(storage);
    } catch (error) {
      console.error(JSON.stringify({ at: "customer.alarm", error: String(error) }));
      await storage.setAlarm(Date.now() + RETRY_MS);
    }
  }

  /** Clears what both receivers have confirmed; with nothing left there is nothing to look after. */
  #settle(): boolean {
    const { storage } = this.ctx;
    return storage.transactionSync(() => {
      if (this.#confirmed > 0) forgetUpTo(storage, this.#confirmed);
      if (outboxSize(storage) > 0) return false;
      cancel(storage, "drain");
      return true;
    });
  }
}
