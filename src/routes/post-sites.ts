import * as v from "valibot";
import { parseWith } from "../core/problem/parse.ts";
import { mintKey, siteIdOf } from "../edge/keys.ts";
import { slugOf } from "../edge/site-slug.ts";
import { problemResponse } from "../http/problem.ts";
import { readJson } from "../http/read-body.ts";
import { Origin, ORIGINS_MAX } from "./origin.ts";
import { answer, type RouteContext } from "./route.ts";
import { siteStub } from "./site-stub.ts";

export const SitesRequest = v.strictObject({
  origin: Origin,
  /** Further origins that may use the write key. */
  origins: v.optional(v.pipe(v.array(Origin), v.maxLength(ORIGINS_MAX - 1)), []),
  /** A bench site learns from published data sets, so single persons may stand behind a pair. */
  kind: v.optional(v.picklist(["live", "bench"]), "live"),
});

/** `POST /v1/sites`, for the operator: makes a site and its owner, server and write keys, told this once. */
export async function postSites(c: RouteContext): Promise<Response> {
  const body = await readJson(c.req.raw, 16 * 1024);
  if (!body.ok) return problemResponse(body.problem);
  const request = parseWith(SitesRequest, body.value, "body_invalid");
  if (!request.ok) return problemResponse(request.problem);
  const { origin, origins, kind } = request.value;
  const siteId = await siteIdOf(c.env, await slugOf(c.env, origin, kind));
  const [owner, server, write] = await Promise.all([
    mintKey(c.env, "ak", siteId),
    mintKey(c.env, "sk", siteId),
    mintKey(c.env, "pk", siteId),
  ]);
  const stub = await siteStub(c.env, siteId);
  const created = await stub.create({ id: siteId, origins: [...new Set([origin, ...origins])], kind }, [
    { id: owner.id, digest: owner.digest, kind: "ak", role: "owner", label: "owner" },
    { id: server.id, digest: server.digest, kind: "sk", role: "server", label: "server" },
    { id: write.id, digest: write.digest, kind: "pk", role: "page", label: "write" },
  ]);
  if (!created)
    return problemResponse({
      code: "site_exists",
      pointer: "/origin",
      detail: "There is a site for this origin already; its keys were shown when it was made.",
    });
  return answer({ siteId, origin, adminKey: owner.key, serverKey: server.key, writeKey: write.key }, {}, 201);
}
