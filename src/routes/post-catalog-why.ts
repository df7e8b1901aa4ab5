import * as v from "valibot";
import { explain } from "../core/decide/explain.ts";
import { setScene } from "../core/decide/set-scene.ts";
import { Page } from "../core/event/event.ts";
import { labelOf } from "../core/insight/catalog/item-figures.ts";
import { ItemId, Name } from "../core/primitives/ids.ts";
import { Persona, viewOfPersona } from "../core/profile/persona.ts";
import { circumstancesOf } from "../edge/meeting.ts";
import { problemResponse } from "../http/problem.ts";
import { NO_ITEM } from "./get-catalog-item.ts";
import { answer, enter, type RouteContext } from "./route.ts";

export const WhyRequest = v.strictObject({
  /** The item that is asked about. */
  item: ItemId,
  slot: Name,
  /** Where the slot stands, and the item that page is about. */
  page: v.optional(v.strictObject({ ...Page.entries, item: v.optional(ItemId) })),
  market: v.optional(v.pipe(v.string(), v.regex(/^[a-z]{2}(-[a-z]{2})?$/i))),
  cart: v.optional(v.pipe(v.array(ItemId), v.maxLength(200))),
  /** What the slot is about; absent: the page's item, then the cart. */
  seeds: v.optional(v.pipe(v.array(ItemId), v.maxLength(20))),
  /** Somebody invented; absent: a visitor of whom nothing is known. */
  persona: v.optional(Persona),
});

/**
 * `POST /v1/catalog/why`: why an item is shown in a slot, or is not: the word of each step. Nobody real is looked at, and
 * nothing is counted or stored. As dear as two decisions.
 */
export async function postCatalogWhy(c: RouteContext): Promise<Response> {
  const entered = await enter(c, WhyRequest);
  if (entered instanceof Response) return entered;
  const { access, request } = entered;
  const { world } = access.site;
  const { catalog } = world;
  const missing = [
    ["/item", request.item],
    ["/page/item", request.page?.item],
  ].find(([, id]) => id !== undefined && !catalog.ordinal.has(id));
  if (missing) return problemResponse({ ...NO_ITEM, pointer: missing[0]! });
  const now = Date.now();
  const cart = request.cart?.map((item) => ({ item, quantity: 1 }));
  const asked = circumstancesOf({ page: request.page, market: request.market, cart }, world, now);
  const scene = setScene(world, asked, request.persona && viewOfPersona(request.persona, now));
  const seeds = request.seeds?.flatMap((id) => catalog.ordinal.get(id) ?? []);
  const { picks, ...explained } = explain(
    scene,
    { slot: { id: request.slot }, seeds, pageType: request.page?.type },
    catalog.ordinal.get(request.item)!,
  );
  return answer({
    item: labelOf(catalog.items[catalog.ordinal.get(request.item)!]!),
    slot: request.slot,
    configRevision: world.config.revision,
    ...explained,
    picks: picks.map(({ ordinal, why }) => ({ ...labelOf(catalog.items[ordinal]!), why })),
  });
}
