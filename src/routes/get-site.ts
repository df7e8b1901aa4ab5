import { objectId } from "../edge/names.ts";
import { openAccess } from "../http/access.ts";
import { problemResponse } from "../http/problem.ts";
import { answer, contextOf, type RouteContext } from "./route.ts";

/** `GET /v1/site`: what this site is and has: origins, catalog, model, events of the last days. For operators and doctors. */
export async function getSite(c: RouteContext): Promise<Response> {
  const access = await openAccess(contextOf(c), ["ak", "sk"]);
  if (!access.ok) return problemResponse(access.problem);
  const { site, world, ids } = access.value.site;
  const ledger = c.env.LEDGER.get(c.env.LEDGER.idFromString(ids.ledger));
  const stub = c.env.SITE.get(await objectId(c.env, "site", access.value.siteId, ""));
  const [feed, model, daily, slots, customers] = await Promise.all([
    stub.feedRun(),
    c.env.MODEL.get(c.env.MODEL.idFromString(ids.model)).status(),
    ledger.tallies("daily"),
    ledger.tallies("slot"),
    ledger.tallies("customers"),
  ]);
  return answer({
    siteId: site.id,
    kind: site.kind,
    origins: site.origins,
    configRevision: world.config.revision,
    catalog: { items: world.catalog.items.length, version: world.catalog.version },
    model: {
      learnedVersion: model.version,
      servedVersion: world.model.version,
      items: world.model.items.length,
      minCustomers: world.model.minCustomers,
    },
    customers: customers.reduce((sum, row) => sum + row.value, 0),
    feed: feed ?? null,
    daily,
    slots,
  });
}
