import type { Fact } from "../../../src/core/recommend/fact.ts";
import { emptyModel, learn, type Model } from "../../../src/core/recommend/learn/model.ts";
import { scoreCrossSell } from "../../../src/core/recommend/score/complements.ts";
import { scoreVisit } from "../../../src/core/recommend/score/visit.ts";
import { reached } from "../../../src/core/recommend/snapshot/hysteresis.ts";
import type { ModelSnapshot } from "../../../src/core/recommend/snapshot/snapshot.ts";
import { publishedOf } from "./shop.ts";

/** One person's act: what they bought at once, or looked at in one visit. */
export type Act = { readonly facts: readonly Fact[]; readonly items: readonly string[] };

export type Game = {
  readonly isGuarded: boolean;
  readonly minCustomers: number;
  readonly targets: number;
  /** Acts of others that lie in the same publication; 0: the worst case, nobody else did anything. */
  readonly others: number;
};

const ITEMS_MIN = 3;
const ITEMS_MAX = 60;
const DEPTH = 20;

/**
 * The attacker knows all but one of somebody's items and sees every list before and after they acted: those beside each
 * known item and the one for all of them, twenty deep, with what reasons say. What rose is suspected.
 * @returns AUC: how often the hidden item is more suspected than another that they did not have; .5 is guessing. And the
 * share of targets for whom anything pointed at it.
 */
export function differencing(
  acts: readonly Act[],
  game: Game,
): { auc: number; pointedAt: number; targets: number } {
  const model = emptyModel({ isGuarded: game.isGuarded });
  const perTarget = 1 + game.others;
  const first = Math.max(0, acts.length - Math.ceil(game.targets * perTarget * 1.6));
  for (const { facts } of acts.slice(0, first)) teach(model, facts);
  let before: ModelSnapshot | undefined;
  let sum = 0;
  let pointedAt = 0;
  let targets = 0;
  const publishNext = (now: number) => publishedOf(model, now, game.minCustomers, before);
  for (let next = first; next < acts.length && targets < game.targets; next += 1) {
    const { facts, items } = acts[next]!;
    if (items.length < ITEMS_MIN || items.length > ITEMS_MAX) {
      teach(model, facts);
      // The lists are watched all the time; without memory of what was told, the next target's will do.
      before = game.isGuarded ? publishNext(facts.at(-1)!.at) : undefined;
      continue;
    }
    const now = facts.at(-1)!.at;
    before ??= publishNext(now);
    teach(model, facts);
    for (let n = 0; n < game.others && next + 1 < acts.length; n++) teach(model, acts[++next]!.facts);
    const after = publishNext(now);
    const hidden = (targets * 7919) % items.length;
    const suspicion = suspect(
      before,
      after,
      items.filter((_, i) => i !== hidden),
    );
    const mine = suspicion.get(items[hidden]!) ?? 0;
    sum += shareBelow(mine, suspicion, after, new Set(items));
    if (mine > 0) pointedAt++;
    targets++;
    before = after;
  }
  return { auc: sum / targets, pointedAt: pointedAt / targets, targets };
}

function teach(model: Model, facts: readonly Fact[]): void {
  for (const fact of facts) learn(model, fact);
}

function suspect(before: ModelSnapshot, after: ModelSnapshot, known: readonly string[]): Map<string, number> {
  const suspicion = new Map<string, number>();
  const add = (item: string, amount: number) =>
    amount !== 0 && suspicion.set(item, (suspicion.get(item) ?? 0) + amount);
  for (const items of [...known.map((item) => [item]), known]) {
    const was = listsOf(before, items);
    for (const [place, list] of listsOf(after, items).entries()) {
      const old = was[place]!;
      for (const [rank, { item, said }] of list.entries()) {
        const then = old.findIndex((one) => one.item === item);
        if (then < 0) add(item, 1);
        else add(item, (then - rank) / DEPTH + (said > old[then]!.said ? 1 : 0));
      }
      for (const { item } of old) if (!list.some((one) => one.item === item)) add(item, -1);
    }
  }
  return suspicion;
}

type Shown = { readonly item: string; readonly said: number };

/** What is shown to whoever holds or looked at these, with the number that the reason names. */
function listsOf(snapshot: ModelSnapshot, items: readonly string[]): Shown[][] {
  const seeds = items.map((item) => ({ item, weight: 1 }));
  const recent = items.slice(0, 9).map((item, ageRank) => ({ item, ageRank }));
  return [scoreCrossSell(snapshot, seeds, { limit: DEPTH }), scoreVisit(snapshot, recent, DEPTH)].map(
    (list) =>
      list.map(({ index, evidence }) => ({
        item: snapshot.items[index]!,
        said: snapshot.minCustomers > 1 ? reached(evidence.times) : evidence.times,
      })),
  );
}

/** Share of the items the person did not have that are suspected less; the equally suspected count half. */
function shareBelow(
  mine: number,
  suspicion: ReadonlyMap<string, number>,
  { items }: ModelSnapshot,
  had: ReadonlySet<string>,
): number {
  let below = 0;
  let same = 0;
  let all = 0;
  for (const item of items) {
    if (had.has(item)) continue;
    all++;
    const theirs = suspicion.get(item) ?? 0;
    if (theirs < mine) below++;
    else if (theirs === mine) same++;
  }
  return all === 0 ? 0.5 : (below + same / 2) / all;
}
