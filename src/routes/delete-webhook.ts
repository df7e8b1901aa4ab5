import { openAccess } from "../http/access.ts";
import { problemResponse } from "../http/problem.ts";
import { courierOf, WEBHOOK_UNKNOWN, webhookIdOf } from "./courier.ts";
import { contextOf, type RouteContext } from "./route.ts";

/** `DELETE /v1/webhooks/:id`: forgets an endpoint, its secrets and everything queued for it. */
export async function deleteWebhook(c: RouteContext): Promise<Response> {
  const access = await openAccess(contextOf(c), ["ak"]);
  if (!access.ok) return problemResponse(access.problem);
  const id = webhookIdOf(c);
  if (!id.ok) return problemResponse(id.problem);
  const courier = await courierOf(c.env, access.value.siteId);
  const isDeleted = await courier.deleteEndpoint(id.value);
  return isDeleted ? new Response(null, { status: 204 }) : problemResponse(WEBHOOK_UNKNOWN);
}
