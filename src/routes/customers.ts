import * as v from "valibot";
import { CustomerId, idDefect, VisitorId } from "../core/primitives/ids.ts";
import { erasePerson } from "../edge/erasure.ts";
import { objectId } from "../edge/names.ts";
import type { Person } from "../edge/person.ts";
import { openAccess, type Access } from "../http/access.ts";
import { problemResponse } from "../http/problem.ts";
import { answer, contextOf, enter, type RouteContext } from "./route.ts";

/** The customer or visitor that an address names, for the shop's own systems and people. */
export async function named(
  c: RouteContext,
): Promise<{ readonly access: Access; readonly person: Person } | Response> {
  const access = await openAccess(contextOf(c), ["sk", "ak"]);
  if (!access.ok) return problemResponse(access.problem);
  const id = c.req.param("id") ?? "";
  const defect = idDefect(id);
  if (defect !== undefined)
    return problemResponse({ code: "id_invalid", detail: `The id in the address is ${defect}.` });
  const kind = c.req.path.startsWith("/v1/visitors/") ? "visitor" : "customer";
  const person: Person = {
    unit: id,
    objectId: await objectId(c.env, kind, access.value.siteId, id),
    ...(kind === "customer" ? { customerId: id } : {}),
    cookies: [],
  };
  return { access: access.value, person };
}

const unknown = () =>
  problemResponse({ code: "customer_unknown", detail: "Nothing is known under this id." });

/** `GET /v1/customers/:id/export`: everything stored about a customer, to answer their request for it. */
export async function getCustomerExport(c: RouteContext): Promise<Response> {
  const found = await named(c);
  if (found instanceof Response) return found;
  const data = await c.env.CUSTOMER.get(found.person.objectId).everything();
  if (!data) return unknown();
  return answer({
    format: "concierge-export/1",
    site: found.access.siteId,
    exportedAt: new Date().toISOString(),
    data,
  });
}

/** `DELETE /v1/customers/:id` and `DELETE /v1/visitors/:id`: erases, and answers with a receipt. */
export async function deleteCustomer(c: RouteContext): Promise<Response> {
  const found = await named(c);
  if (found instanceof Response) return found;
  const { access, person } = found;
  return answer(await erasePerson(c.env, access.siteId, access.site, person));
}

export const UnmergeRequest = v.strictObject({ visitorId: VisitorId, customerId: CustomerId });

/** `POST /v1/customers/unmerge`: takes a visitor out of a customer again, within the time a merge can be undone. */
export async function postUnmerge(c: RouteContext): Promise<Response> {
  const entered = await enter(c, ["sk", "ak"], UnmergeRequest);
  if (entered instanceof Response) return entered;
  const { siteId } = entered.access;
  const { visitorId, customerId } = entered.request;
  const visitor = await objectId(c.env, "visitor", siteId, visitorId);
  const customer = await objectId(c.env, "customer", siteId, customerId);
  const outcome = await c.env.CUSTOMER.get(customer).unmerge(visitor.toString());
  if (outcome === "undone") return answer({ status: "undone" });
  return problemResponse(
    outcome === "too_late"
      ? { code: "merge_final", detail: "A merge can be undone for 30 days." }
      : { code: "customer_unknown", detail: "This visitor is not joined to this customer." },
  );
}

export const ErasuresRequest = v.strictObject({
  erasures: v.pipe(
    v.array(
      v.strictObject({
        object: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "an object id of 64 hex digits")),
        at: v.pipe(v.number(), v.safeInteger()),
        receipt: v.pipe(v.string(), v.maxLength(64)),
        returnedAt: v.nullable(v.pipe(v.number(), v.safeInteger())),
      }),
    ),
    v.maxLength(5_000),
  ),
});

/** `GET /v1/erasures`: the erase ledger, a page at a time, to be kept with every backup. It names nobody. */
export async function getErasures(c: RouteContext): Promise<Response> {
  const access = await openAccess(contextOf(c), ["ak"]);
  if (!access.ok) return problemResponse(access.problem);
  const { ledger } = access.value.site.ids;
  const erasures = await c.env.LEDGER.get(c.env.LEDGER.idFromString(ledger)).burials(
    c.req.query("after")?.slice(0, 64) ?? "",
    1_000,
  );
  return answer({ erasures, next: erasures.length === 1_000 ? erasures.at(-1)!.object : null });
}

/** `POST /v1/erasures`: gives the erase ledger back to a restored copy, before it serves. */
export async function postErasures(c: RouteContext): Promise<Response> {
  const entered = await enter(c, ["ak"], ErasuresRequest);
  if (entered instanceof Response) return entered;
  const { ledger } = entered.access.site.ids;
  const { erasures } = entered.request;
  // The ledger would try for ever to tell an object that cannot be, and tell nobody behind it in the queue.
  const wrong = erasures.findIndex(({ object }) => !canBeCustomer(c, object));
  if (wrong >= 0)
    return problemResponse({
      code: "body_invalid",
      pointer: `/erasures/${wrong}/object`,
      detail: `/erasures/${wrong}/object must be the object of a customer of this deployment.`,
      cure: "Give the ledger back to the deployment it was kept from.",
    });
  const added = await c.env.LEDGER.get(c.env.LEDGER.idFromString(ledger)).rebury(erasures);
  return answer({ added });
}

/** Whether an id has the form of this deployment's customers: the platform tells its namespaces' ids apart. */
function canBeCustomer({ env }: RouteContext, object: string): boolean {
  try {
    env.CUSTOMER.idFromString(object);
    return true;
  } catch {
    return false;
  }
}
