import type { ConsentStatement } from "../core/consent/consent.ts";
import { isOverCeiling, type Usage } from "../core/budget/ceiling.ts";
import { oldestStream } from "../core/customer/stream.ts";
import type { IdentityKey } from "../core/identity/identity.ts";
import type { Problem } from "../core/problem/problem.ts";
import { fail, succeed, type Result } from "../core/primitives/result.ts";
import type { EpochMs } from "../core/primitives/time.ts";
import type { Env } from "../env.ts";
import { isBot } from "./bots.ts";
import { overCeiling, prefixOf, spend, spendOnCustomer, unreportedCalls } from "./budget.ts";
import { mintDevice, mintVisitorCookie, readDevice, readVisitorCookie } from "./device.ts";
import { verifyIdentity } from "./identity.ts";
import type { KeyKind } from "./keys.ts";
import { objectId } from "./names.ts";
import { isForgedVisitorId, mintVisitorId } from "./visitor-id.ts";

/** Whom a request is about, and the object that holds them. */
export type Person = {
  /** What experiments hash: the id the shop or the browser knows this person by. */
  readonly unit: string;
  readonly objectId: DurableObjectId;
  /** Set when the id was made in this request and has to be handed out. */
  readonly mintedId?: string | undefined;
  /** The id was made in this very request: nothing can be stored under it yet. */
  readonly isFresh?: boolean | undefined;
  /** What the shop calls them. Absent for visitors. */
  readonly customerId?: string | undefined;
  /** The device binding that speaks for them, if no token and no server does. */
  readonly deviceId?: string | undefined;
  readonly registeredAt?: EpochMs | undefined;
  /** A visitor who has just been shown to be this customer. */
  readonly visitor?: DurableObjectId | undefined;
  /** `Set-Cookie` values to answer with. */
  readonly cookies: readonly string[];
};

export type Claim = {
  readonly visitorId?: string | undefined;
  readonly customerId?: string | undefined;
  /** An identity token, signed by the shop's server. */
  readonly identity?: string | undefined;
  readonly consent: ConsentStatement;
  /** What only this browser knows, where it has no id yet: the stream that its event ids count in. */
  readonly origin?: string | undefined;
  /** A binding is made anew: an old one may have been ended. */
  readonly isSigningIn?: boolean | undefined;
};

/** Who asks, and where. */
export type Asker = {
  readonly env: Env;
  readonly siteId: string;
  readonly kind: KeyKind;
  readonly identityKeys: readonly IdentityKey[];
  /** Names the key in budgets. */
  readonly keyDigest: string;
  /** What the site has used of its day. */
  readonly usage: Usage;
  readonly request: Request;
  readonly ctx: { waitUntil(work: Promise<unknown>): void };
};

/** A device stays bound for so long after its customer's last token, in days. */
const DEVICE_DAYS = 90;
const VISITOR_DAYS = 400;

const unverified: Problem = {
  code: "identity_unverified",
  pointer: "/customerId",
  detail: "A page cannot speak for a known customer.",
  cure: "Send visitorId from pages with an identity token that your server signed, or customerId from your server.",
};

/** Whether a request consents to anything that is about a person. */
export const consents = (consent: ConsentStatement): boolean =>
  consent["personalization"] === true || consent["analytics"] === true;

/**
 * Finds the person a request speaks for. A known customer is reached by the shop's server, by a token it signed, or by a
 * device that once showed one; everybody else is a visitor. A page that consents and has no id yet is given one; without
 * consent nobody is anybody.
 */
export async function findPerson(asker: Asker, claim: Claim): Promise<Result<Person | undefined>> {
  const found = await personOf(asker, claim);
  if (!found.ok || !found.value) return found;
  const { customerId, objectId: object } = found.value;
  // A page's visitor has a budget of their own.
  if (asker.kind === "pk" && customerId === undefined) return found;
  const spent = spendOnCustomer(asker.env, object.toString(), Date.now());
  return spent.ok ? found : fail({ ...spent.problem, retryAfterS: spent.retryAfterS });
}

async function personOf(asker: Asker, claim: Claim): Promise<Result<Person | undefined>> {
  const { env, siteId, kind, request } = asker;
  const now = Date.now();
  const problem = kind === "pk" ? guard(asker, claim.visitorId, now) : undefined;
  if (problem) return fail(problem);
  if (claim.identity !== undefined) {
    const verified = await verifyIdentity(env, siteId, asker.identityKeys, claim.identity, now);
    if (!verified.ok) return verified;
    const { customerId, registeredAt } = verified.value;
    const known = claim.isSigningIn ? undefined : await readDevice(env, siteId, request, now);
    const isBound = known?.customerId === customerId;
    const cookies = isBound
      ? []
      : [(await mintDevice(env, siteId, request, { customerId, now, days: DEVICE_DAYS })).setCookie];
    const shown = { ...claim, visitorId: await provenVisitor(asker, claim.visitorId, now) };
    return succeed({ ...(await customer(asker, customerId, shown)), registeredAt, cookies });
  }
  if (claim.customerId !== undefined)
    return kind === "pk" ? fail(unverified) : succeed(await customer(asker, claim.customerId, claim));
  if (kind === "pk") {
    const device = await readDevice(env, siteId, request, now);
    if (device) {
      const found = await customer(asker, device.customerId, { consent: claim.consent });
      return succeed({ ...found, deviceId: device.deviceId });
    }
  }
  if (claim.visitorId !== undefined) {
    if (await isForgedVisitorId(env, siteId, claim.visitorId))
      return fail({
        code: "id_invalid",
        pointer: "/visitorId",
        detail: "This visitor id was not made here.",
        cure: "Send none, and keep the one that the answer hands out.",
      });
    return succeed({
      unit: claim.visitorId,
      objectId: await objectId(env, "visitor", siteId, claim.visitorId),
      cookies: [],
    });
  }
  if (kind !== "pk" || !consents(claim.consent)) return succeed(undefined);
  // A browser that said no has forgotten its id; the cookie remembers, so that a later yes leads back to the same record.
  const own = await readVisitorCookie(env, siteId, request, now);
  if (own === undefined) return succeed(await newVisitor(asker, claim.origin));
  return succeed({
    unit: own,
    objectId: await objectId(env, "visitor", siteId, own),
    mintedId: own,
    cookies: [],
  });
}

/** Who this browser is by our cookies: a customer's device, or the visitor of this id; `undefined`: nobody we know. */
export async function shownBy({
  env,
  siteId,
  request,
}: Asker): Promise<{ readonly visitorId?: string } | undefined> {
  const now = Date.now();
  if (await readDevice(env, siteId, request, now)) return {};
  const visitorId = await readVisitorCookie(env, siteId, request, now);
  return visitorId === undefined ? undefined : { visitorId };
}

/** Why a page's request gets no person: a bot, a flood, or a site that has used up its day. Wakes no object. */
function guard(asker: Asker, visitorId: string | undefined, now: EpochMs): Problem | undefined {
  const { env, siteId, request } = asker;
  if (isBot(request, env))
    return {
      code: "bot_suspected",
      detail: "No person seems to be behind this request: nothing is kept of it.",
      cure: "Servers send with a server key, and need not look like a browser.",
    };
  const isNew = visitorId === undefined || !visitorId.startsWith("v_");
  const spent = spend(
    env,
    { site: siteId, key: asker.keyDigest, visitor: visitorId, prefix: prefixOf(request), isNew },
    now,
  );
  if (!spent.ok) return { ...spent.problem, retryAfterS: spent.retryAfterS };
  if (isOverCeiling(asker.usage, unreportedCalls(siteId), now)) {
    const over = overCeiling(now);
    return { ...over.problem, retryAfterS: over.retryAfterS };
  }
  return undefined;
}

/** Problems after which a decision still answers, for nobody in particular. */
export const isDegradation = ({ code }: Problem): boolean =>
  code === "bot_suspected" || code === "budget_spent";

/**
 * The visitor that a signed-in browser may bring along. An id of ours must be one, and must be this browser's own where
 * its cookie says whose it is: else somebody could pull a stranger's history into their own.
 */
async function provenVisitor(
  { env, siteId, request }: Asker,
  visitorId: string | undefined,
  now: EpochMs,
): Promise<string | undefined> {
  if (visitorId === undefined || (await isForgedVisitorId(env, siteId, visitorId))) return undefined;
  const own = await readVisitorCookie(env, siteId, request, now);
  return own === undefined || own === visitorId ? visitorId : undefined;
}

/**
 * A visitor under an id made now: nobody has met them, unless this very request came before and its answer was lost.
 * @param origin what only this browser knows, so that a repeat makes the same id
 */
export async function newVisitor({ env, siteId, request }: Asker, origin?: string): Promise<Person> {
  const visitorId = await mintVisitorId(env, siteId, origin);
  return {
    unit: visitorId,
    objectId: await objectId(env, "visitor", siteId, visitorId),
    mintedId: visitorId,
    isFresh: origin === undefined,
    cookies: [
      await mintVisitorCookie(env, siteId, request, { visitorId, now: Date.now(), days: VISITOR_DAYS }),
    ],
  };
}

async function customer({ env, siteId }: Asker, customerId: string, claim: Claim): Promise<Person> {
  return {
    unit: customerId,
    customerId,
    objectId: await objectId(env, "customer", siteId, customerId),
    ...(claim.visitorId === undefined
      ? {}
      : { visitor: await objectId(env, "visitor", siteId, claim.visitorId) }),
    cookies: [],
  };
}

/** What only a browser without an id knows: what it calls itself, or the oldest stream among the events it sends. */
export function originOf(newcomer: string | undefined, events: readonly unknown[]): string | undefined {
  const stream = newcomer ?? oldestStream(events);
  return stream && `stream ${stream}`;
}

/** The first 16 digits of an object's id: what a decision token names its owner by. */
export const subjectOf = (person: Person): string => person.objectId.toString().slice(0, 16);
