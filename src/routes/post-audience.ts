import * as v from "valibot";
import type { AudienceLine } from "../core/export/audience-change.ts";
import { AUDIENCE_PLATFORMS, type AudiencePlatform } from "../core/export/contact.ts";
import type { JsonValue } from "../core/webhook/notice.ts";
import { jsonLines, NDJSON_TYPE } from "../export/ndjson.ts";
import { problemResponse } from "../http/problem.ts";
import { ledgerOf } from "./get-experiment.ts";
import { enter, type RouteContext } from "./route.ts";

export const AudienceRequest = v.strictObject({
  platform: v.picklist(AUDIENCE_PLATFORMS),
  /** Tells everybody again: the platform's list was begun anew. */
  anew: v.optional(v.boolean(), false),
  after: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{0,64}$/))),
});

const CUSTOMERS_MAX = 900;
const PAGE = 30;

/**
 * `POST /v1/audiences/:segment`: what has changed in a segment's audience since the platform was told last, as NDJSON lines
 * to add and to remove. Each customer's own object remembers what was told of them.
 */
export async function postAudience(c: RouteContext): Promise<Response> {
  const entered = await enter(c, AudienceRequest, 4096);
  if (entered instanceof Response) return entered;
  const { access, request } = entered;
  const segment = c.req.param("segment") ?? "";
  const { segments } = access.site.world.config.config;
  if (!Object.hasOwn(segments, segment))
    return problemResponse({
      code: "segment_unknown",
      detail: "The config has no segment of that id.",
      cure: "GET /v1/segments lists them.",
    });
  const { platform, anew, after = "" } = request;
  const { objects, next } = await ledgerOf(c, access).subjects({
    after,
    limit: CUSTOMERS_MAX,
    audience: { segment, told: `${platform} ${segment}` },
  });
  const batches = linesOf(c, objects, { segment, platform }, anew);
  return new Response(jsonLines(batches), {
    headers: {
      "content-type": NDJSON_TYPE,
      "cache-control": "private, no-store",
      ...(next === null ? {} : { "concierge-next": next }),
    },
  });
}

async function* linesOf(
  c: RouteContext,
  objects: readonly string[],
  asked: { readonly segment: string; readonly platform: AudiencePlatform },
  isAnew: boolean,
): AsyncGenerator<readonly JsonValue[]> {
  const { CUSTOMER } = c.env;
  for (let at = 0; at < objects.length; at += PAGE) {
    const told = await Promise.all(
      objects
        .slice(at, at + PAGE)
        .map(
          async (id) =>
            (await CUSTOMER.get(CUSTOMER.idFromString(id)).audience(
              asked,
              isAnew,
            )) as unknown as readonly AudienceLine[],
        ),
    );
    for (const lines of told) if (lines.length > 0) yield lines as unknown as readonly JsonValue[];
  }
}
