import { admit, answer, type RouteContext } from "./route.ts";

/** `GET /v1/session`: whose key this is and what it may: what a program that was handed a key asks first. */
export async function getSession(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const { site, keys, world } = access.site;
  const key = keys.get(access.keyDigest);
  const currency = world.catalog.items.find(({ price }) => price !== undefined)?.price?.currency;
  return answer({
    site: site.id,
    kind: site.kind,
    origins: site.origins,
    role: access.role,
    label: access.actor,
    expiresAt: key?.expiresAt ?? null,
    // Sites with several currencies say so in each figure; this is the one to begin with.
    ...(currency === undefined ? {} : { currency }),
  });
}
