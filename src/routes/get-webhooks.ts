import { openAccess } from "../http/access.ts";
import { problemResponse } from "../http/problem.ts";
import { courierOf } from "./courier.ts";
import { answer, contextOf, type RouteContext } from "./route.ts";

/** `GET /v1/webhooks`: the site's endpoints, without secrets, and how many deliveries wait or are parked for each. */
export async function getWebhooks(c: RouteContext): Promise<Response> {
  const access = await openAccess(contextOf(c), ["ak"]);
  if (!access.ok) return problemResponse(access.problem);
  const courier = await courierOf(c.env, access.value.siteId);
  return answer({ webhooks: await courier.endpoints() });
}
