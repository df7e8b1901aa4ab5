import { EndpointRequest } from "../core/webhook/endpoint.ts";
import { problemResponse } from "../http/problem.ts";
import { courierOf, webhookIdOf } from "./courier.ts";
import { answer, enter, type RouteContext } from "./route.ts";

/** `PUT /v1/webhooks/:id`: adds or changes an endpoint. Its secret is told once, in the answer that adds it. */
export async function putWebhook(c: RouteContext): Promise<Response> {
  const entered = await enter(c, ["ak"], EndpointRequest);
  if (entered instanceof Response) return entered;
  const id = webhookIdOf(c);
  if (!id.ok) return problemResponse(id.problem);
  const courier = await courierOf(c.env, entered.access.siteId);
  const put = await courier.putEndpoint(id.value, entered.request, new URL(c.req.url).host);
  if ("code" in put) return problemResponse(put);
  const { endpoint, secret } = put;
  return secret === undefined ? answer(endpoint) : answer({ ...endpoint, secret }, {}, 201);
}
