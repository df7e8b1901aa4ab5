/** Parameters that tell where a visitor came from, not what the page shows. `utm_*` goes as well. */
const TRACKING = new Set([
  "gclid",
  "gbraid",
  "wbraid",
  "dclid",
  "gad_source",
  "gad_campaignid",
  "srsltid",
  "fbclid",
  "msclkid",
  "ttclid",
  "twclid",
  "yclid",
  "igshid",
  "mc_cid",
  "mc_eid",
  "_ga",
  "_gl",
]);

/** An address without what differs between two visits to the same page. */
export type PageAddress = {
  /** Lower case, without `www.` and port 80 or 443. Absent for a path. */
  readonly host?: string;
  /** Decoded, without a slash at its end. */
  readonly path: string;
  /** Parameters in alphabetical order, tracking left out; begins with `?` unless empty. */
  readonly query: string;
};

function decoded(path: string): string {
  if (!path.includes("%")) return path;
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

function meaningfulQuery(query: string): string {
  const pairs = query.split("&").filter((pair) => {
    const name = pair.split("=", 1)[0]!.toLowerCase();
    return name !== "" && !name.startsWith("utm_") && !TRACKING.has(name);
  });
  return pairs.length === 0 ? "" : `?${pairs.sort().join("&")}`;
}

/**
 * Reads an http(s) address, `//host/path` or a path that begins with `/`; anything else is `undefined`. The scheme and
 * the fragment do not count.
 * @example pageAddress("HTTPS://www.Shop.example/kettle/?utm_source=x&size=2#top")
 * // { host: "shop.example", path: "/kettle", query: "?size=2" }
 */
export function pageAddress(url: string): PageAddress | undefined {
  const match = /^(?:https?:)?\/\/([^/?#]+)([^#]*)/i.exec(url);
  const rest = match
    ? match[2]!
    : url.startsWith("/") && !url.startsWith("//")
      ? url.split("#", 1)[0]!
      : undefined;
  if (rest === undefined) return undefined;
  const mark = rest.indexOf("?");
  const query = mark < 0 ? "" : meaningfulQuery(rest.slice(mark + 1));
  const raw = decoded(mark < 0 ? rest : rest.slice(0, mark));
  let end = raw.length;
  while (end > 0 && raw[end - 1] === "/") end--;
  return {
    ...(match
      ? {
          host: match[1]!
            .toLowerCase()
            .replace(/^www\./, "")
            .replace(/:(80|443)$/, ""),
        }
      : {}),
    path: end === 0 ? "/" : raw.slice(0, end),
    query,
  };
}
