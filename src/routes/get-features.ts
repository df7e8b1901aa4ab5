import { changesOf, flagsOf } from "../core/feature/from-config.ts";
import type { EpochMs } from "../core/primitives/time.ts";
import { etagOf, isKnownAs } from "../http/etag.ts";
import { problemResponse } from "../http/problem.ts";
import { spendAsPage } from "./page-budget.ts";
import { READABLE } from "./preflight.ts";
import { admit, type RouteContext } from "./route.ts";
import { siteStub } from "./site-stub.ts";

/** When revisions were published, as this isolate learned it; a revision never changes. */
const published = new Map<string, EpochMs>();
const PUBLISHED_MAX = 200;

/**
 * `GET /v1/features`, and `GET /api/features/{clientKey}` as GrowthBook SDKs call it: every flag with its rules, for SDKs
 * that evaluate by themselves. Whoever holds the public key can read the rules.
 */
export async function getFeatures(c: RouteContext): Promise<Response> {
  const clientKey = c.req.param("clientKey");
  if (clientKey?.startsWith("sk_") || clientKey?.startsWith("ak_"))
    return problemResponse({
      code: "key_not_allowed",
      detail: "Only a page's public key may stand in an address: logs keep addresses.",
      cure: "Use the key that starts with pk_, or send the other as `Authorization: Bearer` to /v1/features.",
    });
  const access = await admit(c, clientKey);
  if (access instanceof Response) return access;
  const headers = { ...access.headers, ...READABLE };
  const spent = spendAsPage(c, access);
  if (spent) return problemResponse(spent, headers);
  const { config, revision } = access.site.world.config;
  const now = Date.now();
  const publishedAt = await momentOf(c, access.siteId, revision);
  const changedAt = changesOf(config).findLast((at) => at <= now) ?? 0;
  // Experiments begin and end by themselves, and an SDK keeps a payload whose date is the one it has.
  const dateUpdated = new Date(Math.max(publishedAt, changedAt)).toISOString();
  const body = JSON.stringify({ status: 200, features: flagsOf(config, now), experiments: [], dateUpdated });
  const etag = await etagOf(body);
  const about = { etag, "cache-control": "private, no-cache", ...headers };
  return isKnownAs(c.req.header("if-none-match"), etag)
    ? new Response(null, { status: 304, headers: about })
    : new Response(body, { headers: { "content-type": "application/json", ...about } });
}

/** When a revision was published. */
async function momentOf(c: RouteContext, siteId: string, revision: number): Promise<EpochMs> {
  const name = `${siteId} ${revision}`;
  const known = published.get(name);
  if (known !== undefined) return known;
  const revisions = await (await siteStub(c.env, siteId)).revisions();
  const at = revisions.find((one) => one.revision === revision)?.at;
  if (at === undefined) throw new Error("A revision that is served is one of the latest.");
  if (published.size >= PUBLISHED_MAX) published.clear();
  published.set(name, at);
  return at;
}
