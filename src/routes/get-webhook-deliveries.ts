import { parseWith } from "../core/problem/parse.ts";
import { DeliveriesShown } from "../core/webhook/requests.ts";
import { openAccess } from "../http/access.ts";
import { problemResponse } from "../http/problem.ts";
import { courierOf } from "./courier.ts";
import { answer, contextOf, type RouteContext } from "./route.ts";

/**
 * `GET /v1/webhooks/deliveries?state=recent|waiting|parked`: the latest 200 tries and what came of them, or the first 200
 * deliveries that wait or are parked. Never a body, never a customer.
 */
export async function getWebhookDeliveries(c: RouteContext): Promise<Response> {
  const access = await openAccess(contextOf(c), ["ak"]);
  if (!access.ok) return problemResponse(access.problem);
  const state = parseWith(DeliveriesShown, c.req.query("state") ?? "recent", "body_invalid", "/state");
  if (!state.ok) return problemResponse(state.problem);
  const courier = await courierOf(c.env, access.value.siteId);
  const totals = await courier.status();
  return state.value === "recent"
    ? answer({ totals, tries: await courier.outcomes() })
    : answer({ totals, deliveries: await courier.deliveries(state.value) });
}
