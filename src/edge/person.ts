import type { ConsentStatement } from "../core/consent/consent.ts";
import type { Problem } from "../core/problem/problem.ts";
import { fail, succeed, type Result } from "../core/primitives/result.ts";
import type { Env } from "../env.ts";
import { toBase64url } from "./hmac.ts";
import type { KeyKind } from "./keys.ts";
import { objectId } from "./names.ts";

/** Whom a request is about, and the object that holds them. */
export type Person = {
  /** What experiments hash: the id the shop or the browser knows this person by. */
  readonly unit: string;
  readonly objectId: DurableObjectId;
  /** Set when the id was made in this request and has to be handed out. */
  readonly mintedId?: string;
};

export type Claim = {
  readonly visitorId?: string | undefined;
  readonly customerId?: string | undefined;
  readonly consent: ConsentStatement;
};

const unverified: Problem = {
  code: "identity_unverified",
  pointer: "/customerId",
  detail: "A page cannot speak for a known customer.",
  cure: "Send visitorId from pages, and customerId from your server with a server key.",
};

/** Whether a request consents to anything that is about a person. */
export const consents = (consent: ConsentStatement): boolean =>
  consent["personalization"] === true || consent["analytics"] === true;

/**
 * Finds the person a request speaks for. Servers may name a customer; pages only a visitor. A page that consents and
 * has no id yet is given one, made of 128 random bits; without consent nobody is anybody.
 */
export async function findPerson(
  env: Env,
  siteId: string,
  key: KeyKind,
  claim: Claim,
): Promise<Result<Person | undefined>> {
  if (claim.customerId !== undefined) {
    if (key === "pk") return fail(unverified);
    return succeed({
      unit: claim.customerId,
      objectId: await objectId(env, "customer", siteId, claim.customerId),
    });
  }
  if (claim.visitorId !== undefined) {
    return succeed({
      unit: claim.visitorId,
      objectId: await objectId(env, "visitor", siteId, claim.visitorId),
    });
  }
  if (key !== "pk" || !consents(claim.consent)) return succeed(undefined);
  const mintedId = `v_${toBase64url(crypto.getRandomValues(new Uint8Array(16)))}`;
  return succeed({ unit: mintedId, objectId: await objectId(env, "visitor", siteId, mintedId), mintedId });
}

/** The first 16 digits of an object's id: what a decision token names its owner by. */
export const subjectOf = (person: Person): string => person.objectId.toString().slice(0, 16);
