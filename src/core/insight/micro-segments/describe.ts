import { MEASURES, type Encoder, type Measure } from "./encoder.ts";
import type { Profile } from "./profile.ts";

/** A share sets a cluster apart where it is so large, and so many times that of all people. */
const SHARE_FROM = 0.25;
const TIMES_FROM = 1.5;
/** A measure does where its mean is so many standard deviations from that of all. */
const APART_FROM = 0.5;
const KINDS_TOLD = 2;

/** What one cluster has that others have not, as figures. */
export type Traits = {
  /** Kinds they care about, with the mean share of their interest. */
  readonly kinds: readonly { readonly kind: string; readonly share: number }[];
  readonly source: { readonly source: string; readonly share: number } | null;
  /** Share who have bought. */
  readonly buyersShare: number;
  /** Means in standard deviations from the mean of all people. */
  readonly measures: Readonly<Record<Measure, number>>;
};

/** What sets a cluster apart from all people. */
export function traitsOf(profile: Profile, all: Profile, encoder: Encoder): Traits {
  const shares = (counts: "kinds" | "sources", names: readonly string[]) =>
    names
      .map((name, i) => ({
        name,
        share: profile[counts][i]! / profile.people,
        ofAll: all[counts][i]! / all.people,
      }))
      .filter(({ share, ofAll }) => share >= SHARE_FROM && share >= TIMES_FROM * ofAll)
      .sort((a, b) => b.share - a.share || (a.name < b.name ? -1 : 1))
      .map(({ name, share }) => ({ name, share: round(share) }));
  const [source] = shares("sources", encoder.sources);
  return {
    kinds: shares("kinds", encoder.kinds)
      .slice(0, KINDS_TOLD)
      .map(({ name, share }) => ({ kind: name, share })),
    source: source ? { source: source.name, share: source.share } : null,
    buyersShare: round(profile.buyers / profile.people),
    measures: Object.fromEntries(
      MEASURES.map((measure, i) => [
        measure,
        round(profile.measures[i]! / profile.people - all.measures[i]! / all.people),
      ]),
    ) as Traits["measures"],
  };
}

/**
 * A cluster in words, as an English phrase without a subject.
 * @example "buys Tea often, spends above average, came by search"
 */
export function describeTraits({ kinds, source, buyersShare, measures }: Traits): string {
  const names = kinds.map(({ kind }) => kind.split(" > ").at(-1)!).join(" and ");
  const often = measures.orders > APART_FROM;
  const phrases: string[] = [];
  if (buyersShare < 0.1)
    phrases.push(names === "" ? "has not bought yet" : `looks at ${names}, has not bought yet`);
  else if (names !== "") phrases.push(`buys ${names}${often ? " often" : ""}`);
  else if (often) phrases.push("buys often");
  if (buyersShare >= 0.1) {
    if (measures.orders < -APART_FROM) phrases.push("orders seldom");
    if (measures.value > APART_FROM) phrases.push("spends above average");
    if (measures.value < -APART_FROM) phrases.push("spends below average");
  }
  if (measures.silence > APART_FROM) phrases.push("was not here for long");
  if (measures.silence < -APART_FROM) phrases.push("was here lately");
  if (measures.visits > APART_FROM) phrases.push("comes often");
  if (measures.decision > APART_FROM) phrases.push("decides quickly");
  if (measures.decision < -APART_FROM) phrases.push("looks long before choosing");
  if (source) phrases.push(cameBy(source.source));
  return phrases.length > 0 ? phrases.join(", ") : "is like most others";
}

const WAYS: Readonly<Record<string, string>> = {
  direct: "came directly",
  search: "came by search",
  social: "came by social media",
  mail: "came by mail",
  store: "came from the store",
};
const cameBy = (source: string): string =>
  Object.hasOwn(WAYS, source) ? WAYS[source]! : `came from ${source}`;

/** Tenths: finer shares of a group of 50 would count single people. Never -0, which JSON does not know. */
const round = (x: number): number => (Math.round(10 * x) || 0) / 10;
