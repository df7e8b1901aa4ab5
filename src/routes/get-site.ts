import { admit, answer, type RouteContext } from "./route.ts";
import { siteStub } from "./site-stub.ts";

/** `GET /v1/site`: what this site is and has: origins, catalog, model, events of the last days. For operators and doctors. */
export async function getSite(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const { site, world, ids } = access.site;
  const ledger = c.env.LEDGER.get(c.env.LEDGER.idFromString(ids.ledger));
  const stub = await siteStub(c.env, access.siteId);
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
