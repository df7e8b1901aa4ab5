import { EndpointRequest } from "../../core/webhook/endpoint.ts";
import { ReplayRequest, RotateRequest as WebhookRotateRequest } from "../../core/webhook/requests.ts";
import { deleteWebhook } from "../delete-webhook.ts";
import { getWebhookDeliveries } from "../get-webhook-deliveries.ts";
import { getWebhooks } from "../get-webhooks.ts";
import { postWebhookReplay } from "../post-webhook-replay.ts";
import { postWebhookRotate } from "../post-webhook-rotate.ts";
import { postWebhookTest } from "../post-webhook-test.ts";
import { putWebhook } from "../put-webhook.ts";
import { made, MARKETERS, ok, OWNERS, type Endpoint } from "./endpoint.ts";

/** The owner: which systems are told what. */
export const WEBHOOKS_ENDPOINTS: readonly Endpoint[] = [
  {
    method: "PUT",
    path: "/v1/webhooks/:id",
    summary: "Adds a webhook, or changes one; the secret is told when it is added.",
    callers: OWNERS,
    request: EndpointRequest,
    answers: { ...ok("The webhook, changed."), ...made("The webhook, and its secret.") },
    problems: ["id_invalid", "unsafe_webhook_url", "too_many_webhooks"],
    handle: putWebhook,
  },
  {
    method: "GET",
    path: "/v1/webhooks",
    summary: "The site's webhooks, and how they do.",
    callers: MARKETERS,
    answers: ok("The webhooks."),
    problems: [],
    handle: getWebhooks,
  },
  {
    method: "DELETE",
    path: "/v1/webhooks/:id",
    summary: "Removes a webhook and everything queued for it.",
    callers: OWNERS,
    answers: ok("That it is gone."),
    problems: ["id_invalid", "webhook_unknown"],
    handle: deleteWebhook,
  },
  {
    method: "POST",
    path: "/v1/webhooks/:id/rotate",
    summary: "Makes a new secret; the old one signs beside it for the grace.",
    callers: OWNERS,
    request: WebhookRotateRequest,
    answers: ok("The new secret."),
    problems: ["id_invalid", "webhook_unknown"],
    handle: postWebhookRotate,
  },
  {
    method: "POST",
    path: "/v1/webhooks/:id/test",
    summary: "Sends a test delivery now.",
    callers: OWNERS,
    answers: ok("That it is queued."),
    problems: ["id_invalid", "webhook_unknown"],
    handle: postWebhookTest,
  },
  {
    method: "GET",
    path: "/v1/webhooks/deliveries",
    summary: "Deliveries: recent outcomes, waiting, or parked.",
    callers: MARKETERS,
    query: { state: "recent (default), waiting or parked" },
    answers: ok("The deliveries."),
    problems: ["body_invalid"],
    handle: getWebhookDeliveries,
  },
  {
    method: "POST",
    path: "/v1/webhooks/deliveries/replay",
    summary: "Sends parked deliveries again, under the ids they had.",
    callers: OWNERS,
    request: ReplayRequest,
    answers: ok("How many go out again."),
    problems: ["delivery_unknown"],
    handle: postWebhookReplay,
  },
];
