import type { Problem } from "../core/problem/problem.ts";
import { fail, succeed, type Result } from "../core/primitives/result.ts";
import { readDevice, readVisitorCookie } from "./device.ts";
import { verifyIdentity } from "./identity.ts";
import { objectId } from "./names.ts";
import type { Asker, Person } from "./person.ts";

const nobody: Problem = {
  code: "self_unknown",
  detail: "Nothing in this request proves whom it speaks for.",
  cure: "Send an identity token, or the cookies this browser was given, with `credentials: include`.",
};

/**
 * Who asks about themselves: by a live identity token, by the device binding made from one, or by the cookie that a visitor
 * was handed with their id. Nothing that a page could have read somewhere is enough.
 */
export async function findSelf(asker: Asker, identity: string | undefined): Promise<Result<Person>> {
  const { env, siteId, request } = asker;
  const now = Date.now();
  if (identity !== undefined) {
    const verified = await verifyIdentity(env, siteId, asker.identityKeys, identity, now);
    return verified.ok ? succeed(await customer(asker, verified.value.customerId)) : verified;
  }
  const device = await readDevice(env, siteId, request, now);
  if (device) return succeed({ ...(await customer(asker, device.customerId)), deviceId: device.deviceId });
  const visitorId = await readVisitorCookie(env, siteId, request, now);
  if (visitorId === undefined) return fail(nobody);
  return succeed({
    unit: visitorId,
    objectId: await objectId(env, "visitor", siteId, visitorId),
    cookies: [],
  });
}

async function customer({ env, siteId }: Asker, customerId: string): Promise<Person> {
  return {
    unit: customerId,
    customerId,
    objectId: await objectId(env, "customer", siteId, customerId),
    cookies: [],
  };
}
