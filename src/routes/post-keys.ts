import * as v from "valibot";
import { GRACE_HOURS_MAX, keyNotFound } from "../core/access/key-rules.ts";
import { kindOf, PERSON_ROLES, type Role } from "../core/access/role.ts";
import { mintKey } from "../edge/keys.ts";
import { forget } from "../edge/site-source.ts";
import { problemResponse } from "../http/problem.ts";
import { shownKey } from "./get-keys.ts";
import { answer, enter, type RouteContext } from "./route.ts";
import { siteStub } from "./site-stub.ts";

/** Names that the audit log uses for what is nobody's key. */
const RESERVED = new Set(["operator", "feed"]);
const Label = v.pipe(
  v.string(),
  v.regex(/^[\p{L}\p{N}][\p{L}\p{N} ._@+-]{0,63}$/u, "a label of 1 to 64 letters, digits, spaces and ._@+-"),
  v.check((text) => !RESERVED.has(text.trim().toLowerCase()), "another label than operator or feed"),
);

export const KeyRequest = v.variant("kind", [
  v.strictObject({ kind: v.literal("ak"), role: v.picklist(PERSON_ROLES), label: Label }),
  v.strictObject({ kind: v.literal("sk"), label: Label }),
  v.strictObject({ kind: v.literal("pk"), label: Label }),
]);

export const RotateRequest = v.strictObject({
  /** How long the old key goes on, so that nothing stops while the new one is brought to its place. */
  graceHours: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(GRACE_HOURS_MAX)), 24),
});

/** `POST /v1/keys`: makes a key of a role and shows it, this once. */
export async function postKeys(c: RouteContext): Promise<Response> {
  const entered = await enter(c, KeyRequest, 4096);
  if (entered instanceof Response) return entered;
  const { access, request } = entered;
  const role: Role = request.kind === "ak" ? request.role : request.kind === "sk" ? "server" : "page";
  const minted = await mintKey(c.env, kindOf(role), access.siteId);
  const made = await (
    await siteStub(c.env, access.siteId)
  ).addKey(
    { id: minted.id, digest: minted.digest, kind: kindOf(role), role, label: request.label },
    access.actor,
  );
  if ("code" in made) return problemResponse(made);
  forget(access.siteId);
  return answer({ ...shownKey(made), key: minted.key }, {}, 201);
}

/** `POST /v1/keys/:id/rotate`: a key of the same kind, role and label; the old one ends after the grace. */
export async function postKeyRotate(c: RouteContext): Promise<Response> {
  const entered = await enter(c, RotateRequest, 4096);
  if (entered instanceof Response) return entered;
  const { access, request } = entered;
  const id = c.req.param("id") ?? "";
  const stub = await siteStub(c.env, access.siteId);
  const old = (await stub.keys()).find((key) => key.id === id);
  if (!old) return problemResponse(keyNotFound);
  const minted = await mintKey(c.env, old.kind, access.siteId);
  const outcome = await stub.rotateKey(
    id,
    { id: minted.id, digest: minted.digest },
    request.graceHours,
    access.actor,
  );
  if ("code" in outcome) return problemResponse(outcome);
  forget(access.siteId);
  const replaces = { id, expiresAt: outcome.endsAt };
  return answer({ ...shownKey(outcome.made), key: minted.key, replaces }, {}, 201);
}
