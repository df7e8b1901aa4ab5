import * as v from "valibot";
import type { ConfigDocument } from "../core/config/config.ts";
import { parseConfig } from "../core/config/read.ts";
import { ItemId } from "../core/primitives/ids.ts";
import { asciiJson, draftAt, DRAFT_BYTES_MAX } from "../edge/draft-adapter.ts";
import { objectId } from "../edge/names.ts";
import { toBase64url } from "../edge/hmac.ts";
import { problemResponse } from "../http/problem.ts";
import { answer, enter, type RouteContext } from "./route.ts";
import { siteStub } from "./site-stub.ts";

const Persona = v.strictObject({
  viewed: v.optional(v.pipe(v.array(ItemId), v.maxLength(20))),
  cart: v.optional(v.pipe(v.array(ItemId), v.maxLength(20))),
  traits: v.optional(
    v.pipe(
      v.record(
        v.pipe(v.string(), v.maxLength(64)),
        v.union([v.pipe(v.string(), v.maxLength(256)), v.number(), v.boolean()]),
      ),
      v.check((traits) => Object.keys(traits).length <= 20, "at most 20 traits"),
    ),
  ),
});
export const DraftRequest = v.strictObject({
  config: v.unknown(),
  persona: v.optional(Persona, {}),
  hours: v.optional(v.pipe(v.number(), v.minValue(0.1), v.maxValue(168)), 24),
});

/** `POST /v1/drafts`: a preview link. `draft` in a decide request then shows an invented persona a config that is not live. */
export async function postDrafts(c: RouteContext): Promise<Response> {
  const entered = await enter(c, DraftRequest);
  if (entered instanceof Response) return entered;
  const { request } = entered;
  const { siteId, site, actor } = entered.access;
  const config = parseConfig(request.config, site.site.kind);
  if (!config.ok)
    return problemResponse({ ...config.problem, pointer: `/config${config.problem.pointer ?? ""}` });
  const expiresAt = Date.now() + request.hours * 3_600_000;
  const { persona } = request;
  if (asciiJson(persona).length > DRAFT_BYTES_MAX - 512)
    return problemResponse({
      code: "body_too_large",
      pointer: "/persona",
      detail: `A persona may have at most ${DRAFT_BYTES_MAX - 512} bytes.`,
    });
  const draft = await (await siteStub(c.env, siteId)).saveDraft(request.config as ConfigDocument, actor);
  const id = toBase64url(crypto.getRandomValues(new Uint8Array(16)));
  await draftAt(c.env, await objectId(c.env, "draft", siteId, id)).keep({
    site: siteId,
    draft,
    expiresAt,
    persona,
  });
  return answer({ draft: id, expiresAt }, {}, 201);
}
