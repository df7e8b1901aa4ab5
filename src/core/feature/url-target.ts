import { compileLinearPattern } from "../segment/linear-pattern.ts";
import { pageAddress, queryPairs, type PageAddress } from "./page-address.ts";

/** On which pages an experiment runs. `simple` knows `*`; `include: false` leaves a page out. */
export type UrlTarget = {
  readonly type: "regex" | "simple";
  readonly pattern: string;
  readonly include?: boolean;
};

type Test = (address: PageAddress) => boolean;

/** Stands for `*` where an address may not have one. GrowthBook's choice: somebody may have written it into a pattern. */
const WILDCARD = "_____";

/**
 * Prepares the pages of an experiment: one that is left out never counts, and one that is let in must be among the
 * targets, if any lets pages in. No target at all is no page.
 * Source: GrowthBook SDK specification 0.8.0, `isURLTargeted`.
 * @example compileUrlTargets([{ type: "simple", pattern: "/cart/*" }])("https://shop.example/cart/7") // true
 */
export function compileUrlTargets(targets: readonly UrlTarget[]): (url: string) => boolean {
  const tests = targets.map((target) => ({ isLetIn: target.include !== false, matches: testOf(target) }));
  const isAnyLetIn = tests.some(({ isLetIn }) => isLetIn);
  return (url) => {
    const address = pageAddress(url, "_");
    if (tests.length === 0) return false;
    const met = address === undefined ? [] : tests.filter(({ matches }) => matches(address));
    if (met.some(({ isLetIn }) => !isLetIn)) return false;
    return !isAnyLetIn || met.length > 0;
  };
}

function testOf({ type, pattern }: UrlTarget): Test {
  if (type === "simple") return simpleTest(pattern);
  const matches = type === "regex" ? compileLinearPattern(pattern, false) : undefined;
  if (matches === undefined) return () => false;
  return ({ origin, path, search, hash }) => {
    const rest = `${path}${search}${hash}`;
    return matches(`${origin}${rest}`) || matches(rest);
  };
}

function simpleTest(pattern: string): Test {
  const wanted = pageAddress(
    pattern.replace(/^([^:/?]*)\./, "https://$1.").replaceAll("*", WILDCARD),
    WILDCARD,
  );
  if (wanted === undefined) return () => false;
  const isHost = wildcardTest(wanted.host);
  const isPath = wildcardTest(trimmed(wanted.path));
  const isHash = wanted.hash === "" ? () => true : wildcardTest(wanted.hash);
  const parameters = queryPairs(wanted.search).map(([name, value]) => ({
    name,
    matches: wildcardTest(value),
  }));
  return ({ host, path, search, hash }) => {
    if (!isHost(host) || !isHash(hash) || !withoutSlashes(path).some(isPath)) return false;
    if (parameters.length === 0) return true;
    const given = queryPairs(search);
    return parameters.every(({ name, matches }) => matches(given.find(([own]) => own === name)?.[1] ?? ""));
  };
}

const trimmed = (path: string): string => path.replace(/^\//, "").replace(/\/$/, "");

/** The ways of writing a path: a slash at either end may be there or not. */
function withoutSlashes(path: string): readonly string[] {
  const starts = path.startsWith("/") ? [path, path.slice(1)] : [path];
  return starts.flatMap((start) => (start.endsWith("/") ? [start, start.slice(0, -1)] : [start]));
}

/** Without regard to case, and without going back: each piece is looked for behind the one before. */
function wildcardTest(pattern: string): (text: string) => boolean {
  const [first, ...rest] = pattern.toLowerCase().split(WILDCARD);
  const last = rest.pop();
  return (text) => {
    const given = text.toLowerCase();
    if (last === undefined) return given === first;
    if (!given.startsWith(first!)) return false;
    let from = first!.length;
    for (const piece of rest) {
      const at = given.indexOf(piece, from);
      if (at === -1) return false;
      from = at + piece.length;
    }
    return given.length - last.length >= from && given.endsWith(last);
  };
}
