import { resolve } from "../core/catalog/resolve.ts";
import { unmatchedSlices } from "../edge/unmatched.ts";
import { openAccess } from "../http/access.ts";
import { problemResponse } from "../http/problem.ts";
import { answer, contextOf, type RouteContext } from "./route.ts";

/**
 * `GET /v1/quality`: what the shop's own data lacks: references without an item, orders that two channels tell
 * differently, ids used twice, missing amounts, and facts its systems send that no rule, segment or experiment reads.
 */
export async function getQuality(c: RouteContext): Promise<Response> {
  const access = await openAccess(contextOf(c), ["sk", "ak"]);
  if (!access.ok) return problemResponse(access.problem);
  const { siteId, site } = access.value;
  const { world, ids } = site;
  const slices = await unmatchedSlices({ env: c.env, siteId }, Date.now());
  const [rows, ...unmatched] = await Promise.all([
    c.env.LEDGER.get(c.env.LEDGER.idFromString(ids.ledger)).tallies("quality"),
    ...slices.map((id) => c.env.UNMATCHED.get(id).list()),
  ]);
  const of = (name: string) => rows.filter((row) => row.name === name);
  const count = (name: string, metric: string) =>
    of(name).reduce((sum, row) => sum + (row.metric === metric ? row.value : 0), 0);
  const missing = unmatched.flat().filter(({ ref }) => !("item" in resolve(world.catalog.resolver, ref)));
  // A fact is used where the config names it; a name inside a longer word is no use of it.
  const config = JSON.stringify(world.config.config);
  const traits = of("traits").map(({ part, value }) => ({
    trait: part,
    told: value,
    isUsed: new RegExp(`\\b${part}\\b`).test(config),
  }));
  return answer({
    unmatchedReferences: {
      today: missing.reduce((sum, row) => sum + row.count, 0),
      details: "/v1/catalog/unmatched",
    },
    contradictoryOrders: count("orders", "contradictory"),
    conflictingEvents: count("events", "conflicts"),
    missing: Object.fromEntries(of("missing").map(({ part, value }) => [part, value])),
    traits,
    neverUsed: traits.filter(({ isUsed }) => !isUsed).map(({ trait }) => trait),
  });
}
