import type { Fact } from "../../../src/core/recommend/fact.ts";
import { emptyModel, learn, type Model } from "../../../src/core/recommend/learn/model.ts";
import { scoreCrossSell } from "../../../src/core/recommend/score/complements.ts";
import { scoreVisit } from "../../../src/core/recommend/score/visit.ts";
import { publish } from "../../../src/core/recommend/snapshot/publish.ts";
import type { ModelSnapshot } from "../../../src/core/recommend/snapshot/snapshot.ts";
import type { Click, Invoice } from "../shop-data.ts";

export const DAY_MS = 86_400_000;
/** People behind a pair, as shops are set up unless told. */
export const MIN_CUSTOMERS = 5;
export const LIST = 10;

export const dayOf = (at: number): number => Math.floor(at / DAY_MS);

/** An order as the shop's own system tells it. */
export const bought = (who: string, at: number, items: readonly string[]): Fact => ({
  who,
  session: 1,
  at,
  kind: "buy",
  items,
});

/** Something a page tells of a visitor, from a network that has another label every day. */
export function told(
  kind: "view" | "buy",
  act: {
    readonly who: string;
    readonly at: number;
    readonly network: number;
    readonly items: readonly string[];
  },
): Fact {
  const { who, at, items } = act;
  const network = (Math.imul(act.network + 1, 0x9e3779b1) ^ Math.imul(dayOf(at), 0x85ebca6b)) >>> 0 || 1;
  return { who, session: 1, at, kind, items, trust: "page", network };
}

export function taught(facts: Iterable<Fact>, isGuarded: boolean): Model {
  const model = emptyModel({ isGuarded });
  for (const fact of facts) learn(model, fact);
  return model;
}

export const ordersOf = (baskets: readonly Invoice[]): Fact[] =>
  baskets.map(({ who, at, items }) => bought(who, at, items));

/** Visits of pages, each in a network of its own. */
export function visitsOf(clicks: readonly Click[]): Fact[] {
  const networks = new Map<string, number>();
  return clicks.map(({ session, item, at }) => {
    const network = networks.get(session) ?? networks.size;
    networks.set(session, network);
    return told("view", { who: session, at, network, items: [item] });
  });
}

export const publishedOf = (
  model: Model,
  now: number,
  minCustomers = MIN_CUSTOMERS,
  previous?: ModelSnapshot,
): ModelSnapshot => publish(model, { minCustomers, version: 1, now, previous });

/** A shop that learned these and told its lists once a day, and what it tells in the end. */
export function lived(
  facts: readonly Fact[],
  isGuarded: boolean,
  minCustomers = MIN_CUSTOMERS,
): { model: Model; snapshot: ModelSnapshot } {
  const model = emptyModel({ isGuarded });
  let snapshot: ModelSnapshot | undefined;
  let day = dayOf(facts[0]!.at);
  for (const fact of facts) {
    // Without a guard nothing depends on what was told before.
    if (isGuarded && dayOf(fact.at) > day) {
      day = dayOf(fact.at);
      snapshot = publishedOf(model, fact.at, minCustomers, snapshot);
    }
    learn(model, fact);
  }
  return { model, snapshot: publishedOf(model, facts.at(-1)!.at, minCustomers, snapshot) };
}

/** What is shown beside one item in the cart. */
export const besideInCart = (snapshot: ModelSnapshot, item: string, limit = LIST): string[] =>
  scoreCrossSell(snapshot, [{ item, weight: 1 }], { limit }).map(({ index }) => snapshot.items[index]!);

/** What is shown to somebody who looked at these, the latest first. */
export const nextInVisit = (snapshot: ModelSnapshot, items: readonly string[], limit = LIST): string[] =>
  scoreVisit(
    snapshot,
    items.map((item, ageRank) => ({ item, ageRank })),
    limit,
  ).map(({ index }) => snapshot.items[index]!);

/** Every list that anybody could be shown for one item, and those that are the same for everybody. */
export function allLists(snapshot: ModelSnapshot): Map<string, readonly string[]> {
  const lists = new Map<string, readonly string[]>();
  const ids = (order: Uint32Array) => Array.from(order.subarray(0, LIST), (index) => snapshot.items[index]!);
  lists.set("popular", ids(snapshot.popular));
  lists.set("trending", ids(snapshot.trending));
  for (const item of snapshot.items) {
    lists.set(`cart ${item}`, besideInCart(snapshot, item));
    lists.set(`visit ${item}`, nextInVisit(snapshot, [item]));
  }
  return lists;
}

/** Lists that are not what they were, and the entries in them that were not there before. */
export function changesBetween(
  before: ReadonlyMap<string, readonly string[]>,
  after: ReadonlyMap<string, readonly string[]>,
): { readonly lists: number; readonly changedLists: number; readonly newEntries: number } {
  let changedLists = 0;
  let newEntries = 0;
  for (const [name, list] of after) {
    const was = before.get(name) ?? [];
    if (list.join("\n") !== was.join("\n")) changedLists++;
    newEntries += list.filter((item) => !was.includes(item)).length;
  }
  return { lists: after.size, changedLists, newEntries };
}

/** Bestsellers worth being seen beside, and items hardly anybody buys. */
export function targetsOf(sold: ReadonlyMap<string, number>): { tops: string[]; tails: string[] } {
  const ranked = [...sold].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return {
    tops: ranked.slice(0, 20).map(([item]) => item),
    tails: ranked.filter(([, times]) => times >= 3 && times <= 20).map(([item]) => item),
  };
}

export function timesSold(lists: readonly (readonly string[])[]): Map<string, number> {
  const sold = new Map<string, number>();
  for (const items of lists) for (const item of items) sold.set(item, (sold.get(item) ?? 0) + 1);
  return sold;
}

/** Always the same choice for the same attempt, spread over the tail. */
export const tailFor = (tails: readonly string[], top: number, round: number): string =>
  tails[(top * 37 + round * 101) % tails.length]!;

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
