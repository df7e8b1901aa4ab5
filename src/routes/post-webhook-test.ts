import { openAccess } from "../http/access.ts";
import { problemResponse } from "../http/problem.ts";
import { courierOf, WEBHOOK_UNKNOWN, webhookIdOf } from "./courier.ts";
import { answer, contextOf, type RouteContext } from "./route.ts";

/** `POST /v1/webhooks/:id/test`: sends the endpoint a `test` notice, once, and answers with what came of it. */
export async function postWebhookTest(c: RouteContext): Promise<Response> {
  const access = await openAccess(contextOf(c), ["ak"]);
  if (!access.ok) return problemResponse(access.problem);
  const id = webhookIdOf(c);
  if (!id.ok) return problemResponse(id.problem);
  const courier = await courierOf(c.env, access.value.siteId);
  const outcome = await courier.sendTest(id.value);
  return outcome ? answer(outcome) : problemResponse(WEBHOOK_UNKNOWN);
}
