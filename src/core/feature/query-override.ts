/** Longest parameter list looked at, in characters. Pages write it, visitors can. */
const SEARCH_MAX = 4096;

/**
 * The variation that a page's address asks for by `?experiment=index`, for whoever wants to look at it; `null` when it
 * asks for none, or for one that does not exist.
 * Source: GrowthBook SDK specification 0.8.0, `getQueryStringOverride`.
 * @example queryOverride("my-test", "http://shop.example/?my-test=1#top", 2) // 1
 */
export function queryOverride(experiment: string, url: string, variations: number): number | null {
  const search = url.split("?", 2)[1]?.slice(0, SEARCH_MAX).split("#", 1)[0];
  if (!search) return null;
  for (const pair of search.split("&")) {
    const [name, value = ""] = pair.split("=", 2);
    if (name !== experiment) continue;
    const index = Number.parseInt(value, 10);
    return index >= 0 && index < variations ? index : null;
  }
  return null;
}
