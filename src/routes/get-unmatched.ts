import { resolve } from "../core/catalog/resolve.ts";
import { unmatchedSlices } from "../edge/unmatched.ts";
import { admit, answer, type RouteContext } from "./route.ts";

const SHOWN_MAX = 500;

/** `GET /v1/catalog/unmatched`: references that no item answered to today, the most frequent first, with the pages they came from. */
export async function getUnmatched(c: RouteContext): Promise<Response> {
  const access = await admit(c);
  if (access instanceof Response) return access;
  const { siteId, site } = access;
  const { world } = site;
  const slices = await unmatchedSlices({ env: c.env, siteId }, Date.now());
  const rows = (await Promise.all(slices.map((id) => c.env.UNMATCHED.get(id).list()))).flat();
  const byRef = new Map<string, { ref: string; count: number; pages: { url: string; count: number }[] }>();
  for (const { ref, page, count } of rows) {
    const entry = byRef.get(ref) ?? { ref, count: 0, pages: [] };
    entry.count += count;
    const known = entry.pages.find((one) => one.url === page);
    if (known) known.count += count;
    else if (page !== "") entry.pages.push({ url: page, count });
    byRef.set(ref, entry);
  }
  // Judged by today's catalog: what has been added since is no longer missing, and a reference to several items says so.
  const unmatched = [...byRef.values()].flatMap((entry) => {
    const found = resolve(world.catalog.resolver, entry.ref);
    if ("item" in found) return [];
    entry.pages.sort((a, b) => b.count - a.count).splice(10);
    return [{ ...entry, ...("ambiguous" in found ? { ambiguous: found.ambiguous.slice(0, 10) } : {}) }];
  });
  unmatched.sort((a, b) => b.count - a.count);
  return answer({ total: unmatched.length, unmatched: unmatched.slice(0, SHOWN_MAX) });
}
