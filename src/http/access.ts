import { kindOf, roleInWords, ROLES, type KeyKind, type Role } from "../core/access/role.ts";
import type { Problem } from "../core/problem/problem.ts";
import { fail, succeed, type Result } from "../core/primitives/result.ts";
import { DAY_MS } from "../core/primitives/time.ts";
import { equalBytes, hmac } from "../edge/hmac.ts";
import { readKey } from "../edge/keys.ts";
import { objectId } from "../edge/names.ts";
import { deploymentDefect } from "../edge/secret.ts";
import type { SiteSnapshot } from "../edge/site-entry.ts";
import { siteSnapshot, siteSoon } from "../edge/site-source.ts";
import type { Env } from "../env.ts";

/** Who may call an endpoint: keys of these roles, anybody, or who runs the deployment. */
export type Callers = readonly Role[] | "public" | "operator";

/** Who came in, and to which shop: everything a route needs to know of the caller. */
export type Access = {
  readonly kind: KeyKind;
  readonly role: Role;
  readonly siteId: string;
  readonly site: SiteSnapshot;
  /** Label of the key, for the audit log. */
  readonly actor: string;
  /** Tells the key from others, in budgets. */
  readonly keyDigest: string;
  /** Names the page's origin in the answer, and nobody else's. */
  readonly headers: Record<string, string>;
};

type Context = {
  readonly env: Env;
  readonly ctx: { waitUntil(work: Promise<unknown>): void };
  readonly request: Request;
  /** From the table of endpoints, whose word counts. */
  readonly callers?: Callers | undefined;
  /** Rather a part of the site soon than all of it later: see `SiteSnapshot.isPartial`. */
  readonly isHurried?: boolean | undefined;
};

/** The key of a request: Bearer, HTTP Basic with the key as user (Segment's way), or from the body. */
function keyOf(request: Request, bodyKey: string | undefined): string | undefined {
  const header = request.headers.get("authorization");
  if (!header) return bodyKey;
  const [scheme, value] = header.split(" ", 2);
  if (scheme?.toLowerCase() === "bearer") return value;
  if (scheme?.toLowerCase() !== "basic" || !value) return bodyKey;
  try {
    return atob(value).split(":", 1)[0];
  } catch {
    return undefined;
  }
}

/**
 * Lets a caller in by key, role and origin; the site comes from the key and from nowhere else. A list of kinds of keys, as
 * older routes name it, counts only where no table of endpoints stands before them. Where nobody said who may call,
 * nobody may.
 */
export async function openAccess(
  context: Context,
  ...told: readonly (readonly KeyKind[] | string | undefined)[]
): Promise<Result<Access>> {
  const { env, ctx, request, callers, isHurried } = context;
  const defect = deploymentDefect(env);
  if (defect) return fail(defect);
  const key = keyOf(
    request,
    told.find((one) => typeof one === "string"),
  );
  if (!key) return fail(noKey);
  const parsed = await readKey(env, key);
  if (parsed === undefined) return fail(unknownKey);
  if (parsed === "forged")
    return fail({
      code: "site_unknown",
      detail: "The key names a site that was never created here.",
      cure: "Use the key of this deployment; `npm run site -- create <origin>` makes one.",
    });
  const site = await (isHurried ? siteSoon : siteSnapshot)(env, ctx, parsed.site);
  if (!site)
    return fail({
      code: "site_unknown",
      detail: "The key names a site that does not exist.",
      cure: "`npm run site -- create <origin>` makes one.",
    });
  const now = Date.now();
  const row = site.keys.get(parsed.digest);
  // The lookup is by an HMAC under a secret of the deployment. Whoever guesses keys cannot steer what comes out of it,
  // so how far a lookup gets tells nothing about any key; what decides is a comparison of 32 bytes in constant time.
  if (!row || row.kind !== parsed.kind || !isSameDigest(row.digest, parsed.digest)) return fail(unknownKey);
  if (row.expiresAt !== null && row.expiresAt <= now) return fail(unknownKey);
  const kinds = told.find((one) => typeof one === "object");
  const roles = rolesOf(callers, kinds);
  if (!roles.includes(row.role)) {
    return fail({
      code: "key_not_allowed",
      detail: `This needs a key of the role ${roles.map(roleInWords).join(" or ")}.`,
      cure: "The site's owner makes keys of each role: POST /v1/keys.",
    });
  }
  const origin = request.headers.get("origin");
  if (row.kind === "pk" && origin !== null && !site.site.origins.includes(origin)) {
    return fail({
      code: "origin_not_allowed",
      detail: "Pages of this origin may not use this key.",
      cure: "Use the key of this page's own site, or let the owner name the origin: PUT /v1/origins.",
    });
  }
  markUsed(context, parsed.site, row, Math.floor(now / DAY_MS));
  const headers: Record<string, string> =
    origin !== null && row.kind === "pk"
      ? { "access-control-allow-origin": origin, "access-control-allow-credentials": "true", vary: "origin" }
      : {};
  return succeed({
    kind: row.kind,
    role: row.role,
    siteId: parsed.site,
    site,
    actor: row.label,
    keyDigest: row.digest,
    headers,
  });
}

function rolesOf(callers: Callers | undefined, kinds: readonly KeyKind[] = []): readonly Role[] {
  if (callers === undefined) return ROLES.filter((role) => kinds.includes(kindOf(role)));
  return typeof callers === "object" ? callers : [];
}

/** Equality of two digests in hex, in a time that does not tell where they differ. */
function isSameDigest(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (let i = 0; i < one.length; i++) difference |= one.charCodeAt(i) ^ other.charCodeAt(i);
  return difference === 0;
}

/** Keys whose use this isolate has reported, with the day: one report per key, day and isolate. */
const reported = new Map<string, number>();
const REPORTED_MAX = 2_000;

/** Tells the site, behind the answer, that a key is still in use; who rotates wants to know. */
function markUsed(
  { env, ctx }: Context,
  siteId: string,
  key: { readonly id: string; readonly lastUsedDay: number | null },
  day: number,
): void {
  if ((key.lastUsedDay ?? -1) >= day || reported.get(`${siteId} ${key.id}`) === day) return;
  if (reported.size >= REPORTED_MAX) reported.clear();
  reported.set(`${siteId} ${key.id}`, day);
  ctx.waitUntil(
    objectId(env, "site", siteId, "")
      .then((id) => env.SITE.get(id).markKeyUsed(key.id, day))
      .catch(() => undefined), // It is only a note; tomorrow's use makes another.
  );
}

const noKey: Problem = {
  code: "key_missing",
  detail: "A key is needed.",
  cure: "Pages send `key` in the body; servers send `Authorization: Bearer <key>`.",
};

const unknownKey: Problem = {
  code: "key_unknown",
  detail: "The key is not one of this site's, was revoked, or has expired.",
  cure: "Copy it again; it is shown once, when it is made. The owner can make another: POST /v1/keys.",
};

/** Lets the operator of this deployment in. MACs are compared, so the time tells nothing. */
export async function openOperator(env: Env, request: Request): Promise<Problem | undefined> {
  const defect = deploymentDefect(env);
  if (defect) return defect;
  const key = keyOf(request, undefined);
  if (!key) return noKey;
  const macOf = (text: string) => hmac(env.CONCIERGE_SECRET, "operator-key", text);
  if (env.OPERATOR_KEY && equalBytes(await macOf(key), await macOf(env.OPERATOR_KEY))) return undefined;
  return {
    code: "key_unknown",
    detail: "Only the operator's key makes sites.",
    cure: "Send `Authorization: Bearer <OPERATOR_KEY>`, the secret this deployment was started with.",
  };
}
