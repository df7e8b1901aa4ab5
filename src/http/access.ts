import type { Problem } from "../core/problem/problem.ts";
import { fail, succeed, type Result } from "../core/primitives/result.ts";
import { digestOfKey, readKey, type KeyKind } from "../edge/keys.ts";
import { secretDefect } from "../edge/secret.ts";
import { siteSnapshot, type SiteSnapshot } from "../edge/site-source.ts";
import type { Env } from "../env.ts";

/** Who may come in, and to which shop: everything a route needs to know of the caller. */
export type Access = {
  readonly kind: KeyKind;
  readonly siteId: string;
  readonly site: SiteSnapshot;
  /** Label of the key, for the audit log. */
  readonly actor: string;
  /** Names the page's origin in the answer, and nobody else's. */
  readonly headers: Record<string, string>;
};

type Context = {
  readonly env: Env;
  readonly ctx: { waitUntil(work: Promise<unknown>): void };
  readonly request: Request;
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

/** Lets a caller in by key, kind of key and origin; the site comes from the key and from nowhere else. */
export async function openAccess(
  context: Context,
  allowed: readonly KeyKind[],
  bodyKey?: string,
): Promise<Result<Access>> {
  const { env, ctx, request } = context;
  const defect = secretDefect(env.CONCIERGE_SECRET);
  if (defect) return fail(defect);
  const key = keyOf(request, bodyKey);
  if (!key)
    return fail({
      code: "key_missing",
      detail: "A key is needed.",
      cure: "Pages send `key` in the body; servers send `Authorization: Bearer <key>`.",
    });
  const parsed = await readKey(env, key);
  if (parsed === undefined) return fail(unknownKey);
  if (parsed === "forged")
    return fail({
      code: "site_unknown",
      detail: "The key names a site that was never created here.",
      cure: "Use the key of this deployment; `npm run site -- create <origin>` makes one.",
    });
  const site = await siteSnapshot(env, ctx, parsed.site);
  if (!site)
    return fail({
      code: "site_unknown",
      detail: "The key names a site that does not exist.",
      cure: "`npm run site -- create <origin>` makes one.",
    });
  const row = site.keys.get(parsed.digest);
  if (!row || row.kind !== parsed.kind) return fail(unknownKey);
  if (!allowed.includes(row.kind)) {
    return fail({
      code: "key_not_allowed",
      detail: `This needs a key that starts with ${allowed.map((kind) => `${kind}_`).join(" or ")}.`,
    });
  }
  const origin = request.headers.get("origin");
  if (row.kind === "pk" && origin !== null && !site.site.origins.includes(origin)) {
    return fail({
      code: "origin_not_allowed",
      detail: "Pages of this origin may not use this key.",
      cure: "Use the key of this page's own site; origins are named when a site is made.",
    });
  }
  const headers: Record<string, string> =
    origin !== null && row.kind === "pk" ? { "access-control-allow-origin": origin, vary: "origin" } : {};
  return succeed({ kind: row.kind, siteId: parsed.site, site, actor: row.label, headers });
}

const unknownKey: Problem = {
  code: "key_unknown",
  detail: "The key is not one of this site's, or it was revoked.",
  cure: "Copy it again; it is shown once, when it is made.",
};

/** Whether a bearer is the operator of this deployment. Digests are compared, so the time tells nothing. */
export async function isOperator(env: Env, request: Request): Promise<boolean> {
  const key = keyOf(request, undefined);
  return (
    key !== undefined &&
    env.OPERATOR_KEY.length >= 24 &&
    (await digestOfKey(env, key)) === (await digestOfKey(env, env.OPERATOR_KEY))
  );
}
