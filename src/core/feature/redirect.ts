import type { ExperimentResult, FeatureContext, FeatureExperiment } from "./context.ts";
import { runExperiment } from "./evaluate.ts";
import { pageAddress, queryPairs } from "./page-address.ts";

/** What became of a page's redirect experiments: in which one the unit is, and where it is sent, if anywhere. */
export type Redirect = {
  readonly experiment: FeatureExperiment;
  readonly result: ExperimentResult;
  /** As the variation names it; absent where the variation is to stay, or the page is that address already. */
  readonly urlRedirect?: string;
  /** The same, with the page's own parameters where the experiment keeps them. */
  readonly urlWithParams?: string;
};

/**
 * The first redirect experiment that the unit is in; `undefined` when it is in none. Later ones are not tried, so nobody
 * is sent on twice.
 * Source: GrowthBook SDK specification 0.8.0, URL redirect experiments.
 */
export function redirectOf(
  experiments: readonly FeatureExperiment[],
  context: FeatureContext,
): Redirect | undefined {
  const { url = "" } = context;
  for (const experiment of experiments) {
    if (!experiment.urlPatterns || experiment.variations.every((one) => targetOf(one) === undefined))
      continue;
    const result = runExperiment(experiment, context);
    if (!result.inExperiment) continue;
    const urlRedirect = targetOf(result.value);
    if (urlRedirect === undefined) return { experiment, result };
    const urlWithParams = experiment.persistQueryString ? withQueryOf(url, urlRedirect) : urlRedirect;
    return urlWithParams === url
      ? { experiment, result }
      : { experiment, result, urlRedirect, urlWithParams };
  }
  return undefined;
}

function targetOf(variation: unknown): string | undefined {
  if (typeof variation !== "object" || variation === null || !Object.hasOwn(variation, "urlRedirect"))
    return undefined;
  const { urlRedirect } = variation as { readonly urlRedirect: unknown };
  return typeof urlRedirect === "string" && urlRedirect !== "" ? urlRedirect : undefined;
}

/**
 * An address with the parameters of another that it lacks; its own win. Addresses that cannot be read stay as they are.
 * @example withQueryOf("http://a.example/?x=1&y=2", "http://b.example/new?x=5") // "http://b.example/new?x=5&y=2"
 */
export function withQueryOf(from: string, to: string): string {
  const left = pageAddress(from, undefined);
  const right = pageAddress(to, undefined);
  if (left === undefined || right === undefined) return to;
  const own = queryPairs(right.search);
  const names = new Set(own.map(([name]) => name));
  const pairs = [...own];
  for (const [name, value] of queryPairs(left.search)) {
    if (names.has(name)) continue;
    names.add(name);
    pairs.push([name, value]);
  }
  const search =
    pairs.length === own.length
      ? right.search
      : `?${pairs.map(([name, value]) => `${formEncoded(name)}=${formEncoded(value)}`).join("&")}`;
  return `${right.origin}${right.path}${search}${right.hash}`;
}

/** As a form is sent: spaces are plus signs, and only letters, digits and `*-._` stand for themselves. */
const formEncoded = (text: string): string =>
  encodeURIComponent(text.toWellFormed())
    .replace(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
