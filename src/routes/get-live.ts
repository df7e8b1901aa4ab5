import { admit, answer, type RouteContext } from "./route.ts";

/**
 * `GET /v1/live?after=`: what people on the shop's pages just did, of those who agreed to analytics: what they looked at,
 * clicked, put into the cart and bought. Never who. Kept in memory, so a restart begins anew; `after` is the `seq` of the answer before.
 */
export async function getLive(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const { ids, world } = access.site;
  const after = Number(c.req.query("after") ?? 0);
  const { acts, seq } = await c.env.MODEL.get(c.env.MODEL.idFromString(ids.model)).live(
    Number.isSafeInteger(after) && after > 0 ? after : 0,
  );
  const { catalog } = world;
  return answer({
    seq,
    acts: acts.map(({ items, ...act }) => ({
      ...act,
      items: items.map((id) => {
        const ordinal = catalog.ordinal.get(id);
        return { id, title: ordinal === undefined ? id : catalog.items[ordinal]!.title };
      }),
    })),
  });
}
