import type { ConsentStatement } from "../core/consent/consent.ts";
import { EVENT_SCHEMA, ShopEvent } from "../core/event/event.ts";
import { resolveEvent, type Resolving } from "../core/event/resolve-event.ts";
import { digestOf, type DecisionClaim, type ResolvedEvent } from "../core/event/resolved.ts";
import { resolve } from "../core/catalog/resolve.ts";
import { parseWith } from "../core/problem/parse.ts";
import type { Problem } from "../core/problem/problem.ts";
import { decodeView, type View } from "../core/profile/view.ts";
import type { EventAnswer } from "../core/wire/decide.ts";
import { EVENT_BYTES_MAX } from "../core/wire/events.ts";
import { MINUTE_MS, parseMoment, type EpochMs } from "../core/primitives/time.ts";
import type { Env } from "../env.ts";
import type { Person } from "./person.ts";
import type { SiteSnapshot } from "./site-source.ts";
import { verifyToken } from "./tokens.ts";

/** A sender's clock is corrected when it is off by more than this. */
const SKEW_MS_MIN = MINUTE_MS;

export type Intake = { readonly answers: readonly EventAnswer[]; readonly view?: View | undefined };

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
    ...(typeof id === "string" && id.length <= 128 ? { id } : {}),
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
export async function intake(
  env: Env,
  siteId: string,
  site: SiteSnapshot,
  delivery: Delivery,
): Promise<Intake> {
  const now = Date.now();
  const { person, consent, events } = delivery;
  const sentAt = parseMoment(delivery.sentAt);
  const skewMs = sentAt === undefined || Math.abs(now - sentAt) < SKEW_MS_MIN ? 0 : now - sentAt;
  const resolving = resolvingOf(site, now, await claimsIn(env, siteId, events, now));
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
  if (!person || (accepted.length === 0 && events.length > 0)) return { answers: answers as EventAnswer[] };
  const policy = site.world.config.config.consent;
  const observed = await env.CUSTOMER.get(person.objectId).observe({
    events: accepted,
    consent,
    source: delivery.source,
    policyVersion: policy.policyVersion,
    grantDays: policy.grantDays,
    model: site.ids.model,
    ledger: site.ids.ledger,
    wantsView: delivery.wantsView === true,
  });
  let next = 0;
  return {
    answers: answers.map((answer) => answer ?? observed.answers[next++]!),
    view: observed.view === undefined ? undefined : decodeView(observed.view),
  };
}

/** What events of a site are resolved with: its catalog, the moment, verified claims. */
export function resolvingOf(
  site: SiteSnapshot,
  now: EpochMs,
  claims: ReadonlyMap<string, DecisionClaim> = new Map(),
): Omit<Resolving, "digest"> {
  return {
    now,
    itemOf: (ref) => {
      const found = resolve(site.world.catalog.resolver, ref);
      return "item" in found ? found.item : undefined;
    },
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
    if (typeof token !== "string" || token.length > 4096 || claims.has(token)) continue;
    const claim = await verifyToken(env, siteId, token, now);
    if (claim) claims.set(token, claim);
  }
  return claims;
}
