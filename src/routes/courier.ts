import { Name } from "../core/primitives/ids.ts";
import { parseWith } from "../core/problem/parse.ts";
import type { Problem } from "../core/problem/problem.ts";
import { fail, type Result } from "../core/primitives/result.ts";
import { objectId } from "../edge/names.ts";
import type { Env } from "../env.ts";
import type { RouteContext } from "./route.ts";

/** The object that carries a site's webhooks. */
export async function courierOf(env: Env, siteId: string): Promise<ReturnType<Env["COURIER"]["get"]>> {
  return env.COURIER.get(await objectId(env, "courier", siteId, ""));
}

/** The webhook's id from the address. */
export function webhookIdOf(c: RouteContext): Result<string> {
  const id = parseWith(Name, c.req.param("id"), "id_invalid");
  if (id.ok) return id;
  return fail({
    code: "id_invalid",
    detail: "A webhook's id must be a name of a-z, 0-9, - and _, at most 64 long.",
  });
}

export const WEBHOOK_UNKNOWN: Problem = {
  code: "webhook_unknown",
  detail: "There is no webhook with this id.",
  cure: "GET /v1/webhooks lists them.",
};
