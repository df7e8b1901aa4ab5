import { ReplayRequest } from "../core/webhook/requests.ts";
import { problemResponse } from "../http/problem.ts";
import { courierOf } from "./courier.ts";
import { answer, enter, type RouteContext } from "./route.ts";

/** `POST /v1/webhooks/deliveries/replay`: has parked deliveries tried again, with the ids and bodies they had. */
export async function postWebhookReplay(c: RouteContext): Promise<Response> {
  const entered = await enter(c, ["ak"], ReplayRequest);
  if (entered instanceof Response) return entered;
  const courier = await courierOf(c.env, entered.access.siteId);
  const replayed = await courier.replay(entered.request);
  if (replayed === 0 && entered.request.id !== undefined)
    return problemResponse({
      code: "delivery_unknown",
      pointer: "/id",
      detail: "No parked delivery of an enabled webhook has this id.",
      cure: "GET /v1/webhooks/deliveries?state=parked lists them.",
    });
  return answer({ replayed });
}
