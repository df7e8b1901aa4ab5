import { aroundItem } from "../core/insight/catalog/around-item.ts";
import { rowOf } from "../core/insight/catalog/item-figures.ts";
import type { Problem } from "../core/problem/problem.ts";
import { problemResponse } from "../http/problem.ts";
import { admit, answer, type RouteContext } from "./route.ts";

export const NO_ITEM: Problem = {
  code: "item_unknown",
  detail: "The catalog has no item of that id.",
  cure: "GET /v1/catalog/items?query=… finds items by words of their title, and by their codes.",
};

/**
 * `GET /v1/catalog/items/:id`: an item, what goes with it and why, and what ties those to each other. Counts of fewer than five
 * people are withheld. As dear as a decision; no storage is read.
 */
export async function getCatalogItem(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const { world } = access.site;
  const ordinal = world.catalog.ordinal.get(c.req.param("id") ?? "");
  if (ordinal === undefined) return problemResponse(NO_ITEM);
  const { cost: _cost, markets, ...item } = world.catalog.items[ordinal]!;
  return answer({
    item: { ...item, ...rowOf(world, ordinal), ...(markets ? { markets: Object.keys(markets) } : {}) },
    variants: world.catalog.members[world.catalog.family[ordinal]!]!.filter((one) => one !== ordinal)
      .slice(0, VARIANTS_MAX)
      .map((one) => world.catalog.items[one]!)
      .map(({ id, title }) => ({ id, title })),
    ...aroundItem(world, ordinal, Date.now()),
  });
}

const VARIANTS_MAX = 50;
