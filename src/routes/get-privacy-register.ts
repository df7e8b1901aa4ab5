import { PURPOSES } from "../core/consent/consent.ts";
import { registerOf } from "../core/privacy/register.ts";
import { openAccess } from "../http/access.ts";
import { problemResponse } from "../http/problem.ts";
import { answer, contextOf, type RouteContext } from "./route.ts";

/**
 * `GET /v1/privacy/register`: what is stored, what for, on which purposes, for how long, who receives it and where it lies:
 * made from the code's own tables and the site's config, so it cannot fall behind them.
 */
export async function getPrivacyRegister(c: RouteContext): Promise<Response> {
  const access = await openAccess(contextOf(c), ["ak"]);
  if (!access.ok) return problemResponse(access.problem);
  const { site, siteId } = access.value;
  const { retention, consent } = site.world.config.config;
  const endpoints = await c.env.COURIER.get(c.env.COURIER.idFromString(site.ids.courier)).endpoints();
  return answer({
    site: siteId,
    policyVersion: consent.policyVersion,
    purposes: PURPOSES,
    fields: registerOf({
      behaviourDays: retention.behaviourDays,
      orderDays: retention.orderDays,
      idleDays: retention.idleCustomerDays,
    }),
    recipients: endpoints.map(({ id, url, types, purpose }) => ({
      id,
      host: new URL(url).hostname,
      types,
      purpose,
    })),
    region:
      "Objects lie where the platform first met each of them, or on the one machine that serves this deployment; nothing is copied elsewhere.",
  });
}
