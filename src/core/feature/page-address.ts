/** Longest address looked at, in characters; a longer one is none. */
const ADDRESS_MAX = 4096;

/** The parts of a web address that targets ask about, written as a browser writes them. */
export type PageAddress = {
  /** Scheme, host and port. */
  readonly origin: string;
  /** With the port, unless it is the scheme's own. */
  readonly host: string;
  /** Begins with a slash. */
  readonly path: string;
  /** With its question mark, or empty. */
  readonly search: string;
  /** With its number sign, or empty. */
  readonly hash: string;
};

const ABSOLUTE = /^(https?):\/\/([^/?#\\]+)([^?#]*)(\?[^#]*)?(#.*)?$/i;
const RELATIVE = /^([^?#]*)(\?[^#]*)?(#.*)?$/;
const OWN_PORT: Readonly<Record<string, string>> = { http: ":80", https: ":443" };

/**
 * Takes a web address apart. One without a host is a path on `host`. `undefined`: no http or https address.
 * @example pageAddress("HTTP://Shop.example:80/a/../b?x=1", "_")?.path // "/b"
 */
export function pageAddress(text: string, host: string | undefined): PageAddress | undefined {
  if (text.length > ADDRESS_MAX || /[\n\r\t]/.test(text)) return undefined;
  const absolute = ABSOLUTE.exec(text);
  if (!absolute && (host === undefined || /^[a-z][a-z0-9+.-]*:/i.test(text) || text.startsWith("//")))
    return undefined;
  const [, scheme, authority, path, search, hash] = absolute ?? [
    "",
    "https",
    host!,
    ...RELATIVE.exec(text)!.slice(1),
  ];
  const protocol = scheme!.toLowerCase();
  const named = authority!.slice(authority!.lastIndexOf("@") + 1).toLowerCase();
  const own = OWN_PORT[protocol]!;
  const shown = named.endsWith(own) ? named.slice(0, -own.length) : named;
  return {
    origin: `${protocol}://${shown}`,
    host: shown,
    path: encoded(withoutDots(path ?? "")),
    search: search === undefined || search === "?" ? "" : encoded(search),
    hash: hash === undefined || hash === "#" ? "" : encoded(hash),
  };
}

/** The parameters of an address's query, decoded, in their order. @example queryPairs("?a=1&b=x+y") // [["a", "1"], ["b", "x y"]] */
export function queryPairs(search: string): readonly (readonly [name: string, value: string])[] {
  return search
    .replace(/^\?/, "")
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const at = pair.indexOf("=");
      return at === -1 ? [decoded(pair), ""] : [decoded(pair.slice(0, at)), decoded(pair.slice(at + 1))];
    });
}

function withoutDots(path: string): string {
  const kept: string[] = [];
  const steps = path.split(/[/\\]/);
  if (steps[0] === "") steps.shift();
  for (const [i, step] of steps.entries()) {
    const isLast = i === steps.length - 1;
    if (step === "..") kept.pop();
    if (step !== "." && step !== "..") kept.push(step);
    else if (isLast) kept.push("");
  }
  return `/${kept.join("/")}`;
}

/** What a browser would not write as it is becomes percent escapes; what is escaped stays. */
const encoded = (text: string): string =>
  text.toWellFormed().replace(/[^\x21\x23-\x3b\x3d\x3f-\x5f\x61-\x7a|~]/g, (one) => encodeURI(one) || one);

function decoded(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
