// As the snippet does: what the page was opened with holds until it is left, also where its address changes.
const OPENED_WITH = location.search;

/** What is forced by this page's address. @example "count:one" in the address // Map { "count" → "one" } */
export function forcedHere(search: string = OPENED_WITH): Map<string, string> {
  const pairs = (new URLSearchParams(search).get("concierge_force") ?? "")
    .split(",")
    .map((pair) => pair.split(":"));
  return new Map(pairs.flatMap(([id, variation]) => (id && variation ? [[id, variation]] : [])));
}

/** This page's address with another variation forced, or with the draw back in its right. */
export function addressWith(experiment: string, variation?: string): string {
  const forced = forcedHere();
  if (variation === undefined) forced.delete(experiment);
  else forced.set(experiment, variation);
  return addressOf(forced);
}

/** This page's address with just these variations forced. */
export function addressOf(forced: ReadonlyMap<string, string>): string {
  const url = new URL(location.href);
  url.searchParams.delete("concierge_force");
  url.searchParams.set("concierge", "debug");
  const value = [...forced].map((pair) => pair.map(encodeURIComponent).join(":")).join(",");
  // Written by hand: both marks may stand in an address as they are, and are read by people.
  if (value) url.search += `${url.search ? "&" : "?"}concierge_force=${value}`;
  return url.href;
}
