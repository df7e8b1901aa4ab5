import * as v from "valibot";
import type { ConfigDocument } from "../core/config/config.ts";
import { CONFIG_LIMITS } from "../core/config/limits.ts";
import { lintChange } from "../core/config/lint-experiments.ts";
import { lintConfig } from "../core/config/lint.ts";
import { parseConfig } from "../core/config/read.ts";
import { forget } from "../edge/site-source.ts";
import type { Access } from "../http/access.ts";
import { problemResponse } from "../http/problem.ts";
import { readJson } from "../http/read-body.ts";
import { admit, answer, enter, type RouteContext } from "./route.ts";
import { siteStub } from "./site-stub.ts";

export const RollbackRequest = v.strictObject({ revision: v.pipe(v.number(), v.integer()) });

/** characters of what a revision says of itself. */
const MESSAGE_MAX = 500;

/**
 * `PUT /v1/config`: publishes the whole document as the next revision, if nobody else published since the one in
 * `If-Match`. `?dryRun=true` checks and lints only. A wrong document changes nothing.
 */
export async function putConfig(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const body = await readJson(c.req.raw, CONFIG_LIMITS.bytesMax);
  if (!body.ok) return problemResponse(body.problem);
  const message = c.req.query("message") ?? "";
  if (message.length > MESSAGE_MAX)
    return problemResponse({
      code: "body_invalid",
      detail: `The message may have at most ${MESSAGE_MAX} characters.`,
    });
  const parsed = parseConfig(body.value, access.site.site.kind);
  if (!parsed.ok) return problemResponse(parsed.problem);
  const { world } = access.site;
  const lint = [
    ...lintConfig(parsed.value, world.catalog, Date.now()),
    ...lintChange(world.config.config, parsed.value),
  ];
  if (c.req.query("dryRun") === "true") return answer({ valid: true, lint });
  const match = /^"(\d+)"$/.exec(c.req.header("if-match") ?? "");
  if (!match)
    return problemResponse({
      code: "config_unconditional",
      detail: "If-Match must name the revision this change is based on.",
      cure: "GET /v1/config gives it as the ETag; send it back as If-Match.",
    });
  const published = await publish(c, access, body.value as ConfigDocument, Number(match[1]), message);
  return published instanceof Response
    ? published
    : answer({ revision: published, lint }, { etag: `"${published}"` });
}

/** `POST /v1/config/rollback`: publishes an older revision again, as a new one; history is never rewritten. */
export async function postRollback(c: RouteContext): Promise<Response> {
  const entered = await enter(c, RollbackRequest, 4096);
  if (entered instanceof Response) return entered;
  const { access, request } = entered;
  const stub = await siteStub(c.env, access.siteId);
  const old = await stub.config(request.revision);
  if (!old)
    return problemResponse({
      code: "revision_unknown",
      pointer: "/revision",
      detail: "There is no such revision.",
      cure: "GET /v1/config/revisions lists them.",
    });
  const latest = await stub.config();
  const published = await publish(
    c,
    access,
    JSON.parse(old.body) as ConfigDocument,
    latest!.revision,
    `Back to revision ${old.revision}.`,
  );
  return published instanceof Response
    ? published
    : answer({ revision: published }, { etag: `"${published}"` });
}

async function publish(
  c: RouteContext,
  access: Access,
  document: ConfigDocument,
  expected: number,
  message: string,
): Promise<number | Response> {
  const stub = await siteStub(c.env, access.siteId);
  const outcome = await stub.publish(document, expected, access.actor, message);
  if ("latest" in outcome) {
    return problemResponse(
      {
        code: "config_changed",
        detail: `Revision ${outcome.latest} is the latest; this change is based on ${expected}.`,
        cure: "GET the config again, apply the change to it, and PUT with its ETag.",
      },
      { etag: `"${outcome.latest}"` },
    );
  }
  forget(access.siteId);
  return outcome.revision;
}
