import * as v from "valibot";
import { sender } from "../core/wire/decide.ts";
import { endDevice, readDevice } from "../edge/device.ts";
import { mergeVisitor } from "../edge/intake.ts";
import { objectId } from "../edge/names.ts";
import { findPerson } from "../edge/person.ts";
import { problemResponse } from "../http/problem.ts";
import { answer, askerOf, enter, withCookies, type RouteContext } from "./route.ts";

export const IdentifyRequest = v.strictObject({
  key: sender.key,
  visitorId: sender.visitorId,
  customerId: sender.customerId,
  identity: sender.identity,
  consent: sender.consent,
});

/** `POST /v1/identify`: joins a visitor to the known customer that a signed token, or the shop's server, says they are. */
export async function postIdentify(c: RouteContext): Promise<Response> {
  const entered = await enter(c, ["pk", "sk"], IdentifyRequest);
  if (entered instanceof Response) return entered;
  const { access, request } = entered;
  const { headers, site, siteId } = access;
  const { visitorId, customerId, identity } = request;
  if (identity === undefined && (customerId === undefined || access.kind === "pk"))
    return problemResponse(
      {
        code: "identity_unverified",
        pointer: "/identity",
        detail: "Only a token signed by the shop's server says who a visitor is.",
        cure: "Send `identity`, a JWT your server makes: docs/guide/identity.md.",
      },
      headers,
    );
  const person = await findPerson(askerOf(c, access), { visitorId, customerId, identity, consent: {} });
  if (!person.ok) return problemResponse(person.problem, headers);
  await mergeVisitor(c.env, siteId, site, person.value!);
  return withCookies(answer({ status: "known" }, headers), person.value!.cookies);
}

export const ResetRequest = v.strictObject({ key: sender.key });

/** `POST /v1/reset`: this browser stops speaking for anybody. For shared devices, and on logging out. */
export async function postReset(c: RouteContext): Promise<Response> {
  const entered = await enter(c, ["pk"], ResetRequest);
  if (entered instanceof Response) return entered;
  const { siteId, headers } = entered.access;
  const device = await readDevice(c.env, siteId, c.req.raw, Date.now());
  if (device) {
    const id = await objectId(c.env, "customer", siteId, device.customerId);
    await c.env.CUSTOMER.get(id).endDevice(device.deviceId, device.expiresAt);
  }
  return withCookies(answer({ status: "reset" }, headers), endDevice(c.req.raw));
}
