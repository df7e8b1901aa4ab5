import { RotateRequest } from "../core/webhook/requests.ts";
import { problemResponse } from "../http/problem.ts";
import { courierOf, WEBHOOK_UNKNOWN, webhookIdOf } from "./courier.ts";
import { answer, enter, type RouteContext } from "./route.ts";

/** `POST /v1/webhooks/:id/rotate`: a new secret, told once; the one before signs beside it for `overlapHours`. */
export async function postWebhookRotate(c: RouteContext): Promise<Response> {
  const entered = await enter(c, ["ak"], RotateRequest);
  if (entered instanceof Response) return entered;
  const id = webhookIdOf(c);
  if (!id.ok) return problemResponse(id.problem);
  const courier = await courierOf(c.env, entered.access.siteId);
  const rotated = await courier.rotate(id.value, entered.request.overlapHours);
  return rotated ? answer({ ...rotated.endpoint, secret: rotated.secret }) : problemResponse(WEBHOOK_UNKNOWN);
}
