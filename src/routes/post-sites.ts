import * as v from "valibot";
import { parseWith } from "../core/problem/parse.ts";
import { mintKey, siteIdOf } from "../edge/keys.ts";
import { objectId } from "../edge/names.ts";
import { secretDefect } from "../edge/secret.ts";
import { isOperator } from "../http/access.ts";
import { problemResponse } from "../http/problem.ts";
import { readJson } from "../http/read-body.ts";
import { answer, type RouteContext } from "./route.ts";

const Origin = v.pipe(
  v.string(),
  v.maxLength(255),
  v.check(
    (text) => URL.canParse(text) && new URL(text).origin === text && /^https?:/.test(text),
    "an origin such as https://shop.example",
  ),
);
const SitesRequest = v.strictObject({
  origin: Origin,
  /** Further origins that may use the write key. */
  origins: v.optional(v.pipe(v.array(Origin), v.maxLength(20)), []),
  /** A bench site learns from published data sets, so single persons may stand behind a pair. */
  kind: v.optional(v.picklist(["live", "bench"]), "live"),
});

/** `POST /v1/sites`, for the operator: makes a site and its owner, server and write keys, told this once. */
export async function postSites(c: RouteContext): Promise<Response> {
  const defect = secretDefect(c.env.CONCIERGE_SECRET);
  if (defect) return problemResponse(defect);
  if (!(await isOperator(c.env, c.req.raw))) {
    return problemResponse({
      code: "key_unknown",
      detail: "Only the operator's key makes sites.",
      cure: "Send `Authorization: Bearer <OPERATOR_KEY>`, the secret this deployment was started with.",
    });
  }
  const body = await readJson(c.req.raw, 16 * 1024);
  if (!body.ok) return problemResponse(body.problem);
  const request = parseWith(SitesRequest, body.value, "body_invalid");
  if (!request.ok) return problemResponse(request.problem);
  const { origin, origins, kind } = request.value;
  const slug = `${new URL(origin).host}${kind === "bench" ? "-bench" : ""}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 60);
  const siteId = await siteIdOf(c.env, slug);
  const [owner, server, write] = await Promise.all([
    mintKey(c.env, "ak", siteId),
    mintKey(c.env, "sk", siteId),
    mintKey(c.env, "pk", siteId),
  ]);
  const stub = c.env.SITE.get(await objectId(c.env, "site", siteId, ""));
  const created = await stub.create({ id: siteId, origins: [...new Set([origin, ...origins])], kind }, [
    { digest: owner.digest, kind: "ak", label: "owner" },
    { digest: server.digest, kind: "sk", label: "server" },
    { digest: write.digest, kind: "pk", label: "write" },
  ]);
  if (!created)
    return problemResponse({
      code: "site_exists",
      pointer: "/origin",
      detail: "There is a site for this origin already; its keys were shown when it was made.",
    });
  return answer({ siteId, origin, adminKey: owner.key, serverKey: server.key, writeKey: write.key }, {}, 201);
}
