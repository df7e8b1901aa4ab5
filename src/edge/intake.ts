import type { ConsentStatement } from "../core/consent/consent.ts";
import { EVENT_SCHEMA, ShopEvent } from "../core/event/event.ts";
import { resolveEvent, type Resolving } from "../core/event/resolve-event.ts";
import { digestOf, type DecisionClaim, type ResolvedEvent } from "../core/event/resolved.ts";
import { resolve } from "../core/catalog/resolve.ts";
import { flagClaim } from "../core/experiment/flag-claim.ts";
import { lifeDefect } from "../core/life/declare.ts";
import { parseWith } from "../core/problem/parse.ts";
import type { Problem } from "../core/problem/problem.ts";
import { decodeView, type View } from "../core/profile/view.ts";
import type { EventAnswer } from "../core/wire/decide.ts";
import { EVENT_BYTES_MAX } from "../core/wire/events.ts";
import { idDefect } from "../core/primitives/ids.ts";
import { MINUTE_MS, parseMoment, type EpochMs } from "../core/primitives/time.ts";
import type { Env } from "../env.ts";
import type { Observation, Standing } from "../objects/customer-object.ts";
import { networkLabel, noteObjectCall, storing } from "./budget.ts";
import { placeOf } from "./whereabouts.ts";
import { newVisitor, type Asker, type Person } from "./person.ts";
import type { SiteSnapshot } from "./site-entry.ts";
import { noteUnmatched } from "./unmatched.ts";
import { verifyToken } from "./tokens.ts";

/** A sender's clock is corrected when it is off by more than this. */
const SKEW_MS_MIN = MINUTE_MS;
/** As the event's schema has it. */
const TOKEN_CHARS_MAX = 8192;

export type Intake = {
  readonly answers: readonly EventAnswer[];
  readonly view?: View | undefined;
  /** Who the events were taken for in the end: somebody new, where the visitor has become a known customer. */
  readonly person: Person | undefined;
};

export type Delivery = {
  readonly person: Person | undefined;
  readonly consent: ConsentStatement;
  readonly source: string;
  readonly sentAt?: unknown;
  readonly events: readonly unknown[];
  /** Whether a decision follows, which needs to know who this is. */
  readonly wantsView?: boolean;
};

/** Refuses one event, in the answer's own shape. */
export function rejected(raw: unknown, problem: Problem): EventAnswer {
  const id = (raw as { id?: unknown } | null)?.id;
  return {
    // What is no id would be an echo of whatever it is.
    ...(typeof id === "string" && idDefect(id) === undefined ? { id } : {}),
    status: "rejected",
    code: problem.code,
    detail: problem.detail,
    ...(problem.pointer === undefined ? {} : { pointer: problem.pointer }),
  };
}

/**
 * Takes raw events to the person's object: parsed one by one, references resolved against the catalog, tokens verified,
 * clock corrected; then observed in one call and one transaction. One bad event never costs the others.
 */
export async function intake(asker: Asker, site: SiteSnapshot, delivery: Delivery): Promise<Intake> {
  const { env, siteId } = asker;
  const now = Date.now();
  const { person, events } = delivery;
  const sentAt = parseMoment(delivery.sentAt);
  const skewMs = sentAt === undefined || Math.abs(now - sentAt) < SKEW_MS_MIN ? 0 : now - sentAt;
  const resolving = resolvingOf(site, now, await claimsIn(env, siteId, events, now), person?.unit);
  const answers: (EventAnswer | undefined)[] = [];
  const accepted: ResolvedEvent[] = [];
  for (const raw of events) {
    const event = takeEvent(raw, resolving, skewMs);
    if ("code" in event) answers.push(rejected(raw, event));
    else if (!person)
      answers.push(
        rejected(raw, {
          code: "consent_missing",
          detail: "Nobody consented, so there is nobody to keep this for.",
        }),
      );
    else {
      answers.push(undefined);
      accepted.push(event);
    }
  }
  if (!person || (accepted.length === 0 && events.length > 0))
    return { answers: answers as EventAnswer[], person };
  const observed = await observe(asker, site, person, { ...delivery, events: accepted });
  // Only of what was taken in: what nobody consented to, or somebody erased had said, is not noted either.
  noteUnmatched(
    asker,
    accepted.filter((_, i) => observed.answers[i]?.status === "accepted"),
  );
  let next = 0;
  return {
    answers: answers.map((answer) => answer ?? observed.answers[next++]!),
    view: observed.view,
    person: observed.person,
  };
}

/** What a request of this site makes of events, beside the events: who may be told, how long it is kept. */
export function standingOf(siteId: string, site: SiteSnapshot, person: Person): Standing {
  return {
    site: siteId,
    receivers: site.ids,
    tallies: site.tallies,
    customerId: person.customerId,
    deviceId: person.deviceId,
    registeredAt: person.registeredAt,
    isFresh: person.isFresh,
  };
}

async function observe(
  asker: Asker,
  site: SiteSnapshot,
  person: Person,
  {
    events,
    consent,
    source,
    wantsView,
  }: Omit<Delivery, "events"> & { readonly events: readonly ResolvedEvent[] },
): Promise<Intake> {
  const { env, siteId, kind } = asker;
  const { consent: policy, retention } = site.world.config.config;
  await mergeVisitor(env, siteId, site, person);
  noteObjectCall(siteId);
  const call: Observation = {
    events,
    consent,
    source,
    isTrusted: kind !== "pk",
    network: kind === "pk" ? await networkLabel(env, siteId, asker.request, Date.now()) : undefined,
    place: kind === "pk" ? placeOf(asker.request) : undefined,
    policyVersion: policy.policyVersion,
    grantDays: policy.grantDays,
    retention: {
      behaviourDays: retention.behaviourDays,
      orderDays: retention.orderDays,
      idleDays: person.customerId === undefined ? retention.idleVisitorDays : retention.idleCustomerDays,
    },
    ...standingOf(siteId, site, person),
    wantsView: wantsView === true,
  };
  const observed = await storing(person.objectId.toString(), () =>
    env.CUSTOMER.get(person.objectId).observe(call),
  );
  const codes = observed.answers.map(codeOf);
  const left = events.filter((_, i) => codes[i] === "visitor_joined");
  if (left.length === 0 || kind !== "pk")
    return {
      answers: observed.answers,
      view: observed.view === undefined ? undefined : decodeView(observed.view),
      person,
    };
  // The visitor has become a known customer, whom this request cannot speak for: whoever it is begins anew.
  const newcomer = await newVisitor(asker, `after ${person.unit}`);
  const again = await observe(asker, site, newcomer, {
    person: newcomer,
    consent,
    source,
    wantsView: wantsView === true,
    events: left,
  });
  let next = 0;
  return {
    ...again,
    answers: observed.answers.map((one) => (codeOf(one) === "visitor_joined" ? again.answers[next++]! : one)),
  };
}

const codeOf = (answer: EventAnswer): string | undefined =>
  answer.status === "rejected" ? answer.code : undefined;

/** Visitors this isolate has seen merged, so that a token on every request costs one merge. */
const merged = new Set<string>();
const MERGED_MAX = 5_000;

/** Hands the visitor's history to the customer they were just shown to be. Idempotent. */
export async function mergeVisitor(
  env: Env,
  siteId: string,
  site: SiteSnapshot,
  person: Person,
): Promise<void> {
  if (!person.visitor) return;
  const pair = `${person.visitor.toString()}>${person.objectId.toString()}`;
  if (merged.has(pair)) return;
  noteObjectCall(siteId);
  const outcome = await env.CUSTOMER.get(person.visitor).mergeInto(
    person.objectId.toString(),
    standingOf(siteId, site, person),
  );
  // A visitor without anything stored may still get late events; only what is settled is remembered.
  if (outcome === "nobody") return;
  if (merged.size >= MERGED_MAX) merged.clear();
  merged.add(pair);
}

/** What events of a site are resolved with: its catalog, the moment, verified claims. */
export function resolvingOf(
  site: SiteSnapshot,
  now: EpochMs,
  claims: ReadonlyMap<string, DecisionClaim> = new Map(),
  unit = "",
): Omit<Resolving, "digest"> {
  return {
    now,
    itemOf: (ref) => {
      const found = resolve(site.world.catalog.resolver, ref);
      return "item" in found ? found.item : undefined;
    },
    costOf: (item, currency) => {
      const { catalog } = site.world;
      const cost = catalog.items[catalog.ordinal.get(item) ?? -1]?.cost;
      return cost?.currency === currency ? cost.minor : undefined;
    },
    lifeDefect: (kind, on) => lifeDefect(site.world.config.life, kind, on),
    flagClaim: (flag, variation) => flagClaim(site.world.config.experiments, { flag, variation, unit, now }),
    claims,
  };
}

/** Parses and resolves one raw event, or says what is wrong with it. */
export function takeEvent(
  raw: unknown,
  resolving: Omit<Resolving, "digest">,
  skewMs: number,
): ResolvedEvent | Problem {
  const type = (raw as { type?: unknown } | null)?.type;
  const schema = typeof type === "string" ? EVENT_SCHEMA.get(type) : undefined;
  if (typeof type === "string" && !schema) {
    return {
      code: "event_unknown",
      pointer: "/type",
      detail: "There is no such event type.",
      cure: "Use `custom` with a name for events of your own.",
    };
  }
  const parsed = parseWith(schema ?? ShopEvent, raw, "event_invalid");
  if (!parsed.ok) return parsed.problem;
  const text = JSON.stringify(raw);
  if (text.length > EVENT_BYTES_MAX) {
    return { code: "event_too_large", detail: `An event may have at most ${EVENT_BYTES_MAX} bytes.` };
  }
  const event =
    skewMs !== 0 && parsed.value.at !== undefined
      ? { ...parsed.value, at: parsed.value.at + skewMs }
      : parsed.value;
  const resolved = resolveEvent(event, { ...resolving, digest: digestOf(text) });
  return resolved.ok ? resolved.value : resolved.problem;
}

/** Verifies the tokens that the events echo, each once. */
async function claimsIn(
  env: Env,
  siteId: string,
  events: readonly unknown[],
  now: EpochMs,
): Promise<Map<string, DecisionClaim>> {
  const claims = new Map<string, DecisionClaim>();
  for (const raw of events) {
    const token = (raw as { token?: unknown } | null)?.token;
    if (typeof token !== "string" || token.length > TOKEN_CHARS_MAX || claims.has(token)) continue;
    const claim = await verifyToken(env, siteId, token, now);
    if (claim) claims.set(token, claim);
  }
  return claims;
}
