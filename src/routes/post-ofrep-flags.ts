import { flagKeys, resolveFlag } from "../core/feature/resolve-flag.ts";
import { etagOf, isKnownAs } from "../http/etag.ts";
import { ofrepFault, openOfrep } from "./ofrep.ts";
import { type RouteContext } from "./route.ts";

/**
 * `POST /ofrep/v1/evaluate/flags`: every flag for one person, as OpenFeature's web providers ask. The ETag is of the
 * answers: it stays while nothing changes for this person, whatever else was published.
 */
export async function postOfrepFlags(c: RouteContext): Promise<Response> {
  const opened = await openOfrep(c);
  if (opened instanceof Response) return opened;
  const { access, asking, headers } = opened;
  try {
    const { config } = access.site.world.config;
    const body = JSON.stringify({
      flags: flagKeys(config, asking.now).map((key) => resolveFlag(config, key, asking)),
    });
    const etag = await etagOf(body);
    const about = { etag, "cache-control": "private, no-cache", ...headers };
    return isKnownAs(c.req.header("if-none-match"), etag)
      ? new Response(null, { status: 304, headers: about })
      : new Response(body, { headers: { "content-type": "application/json", ...about } });
  } catch (error) {
    return ofrepFault(error, undefined, headers);
  }
}
