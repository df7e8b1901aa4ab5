import { keepCounters } from "./counter-row.ts";
import { buyersOf, emptyCounts, viewersOf, widenCounts, type ItemCounts } from "./item-counts.ts";
import type { Model } from "./model.ts";
import { renumberSessions } from "./session-ring.ts";
import { renumberGuard } from "./trust.ts";
import { ROW_NAMES } from "../settings.ts";

const KEPT_SHARE = 0.9;

/**
 * Makes room for new items in a full model: the tenth with the fewest different people, and among those the longest
 * out of sight, is forgotten, and what is left moves together. So a flood of made-up items only ever pushes itself
 * out. Costs time in proportion to the whole model, once per tenth of its items.
 */
export function forgetWeakest(model: Model): void {
  const { counts, ids } = model;
  const people = (item: number) => viewersOf(counts, item) + buyersOf(counts, item);
  const kept = [...ids.keys()]
    .map((item) => ({ item, people: people(item), heat: counts.heat[item]! }))
    .sort((a, b) => b.people - a.people || b.heat - a.heat || b.item - a.item)
    .slice(0, Math.floor(model.settings.itemsMax * KEPT_SHARE))
    .map(({ item }) => item)
    .sort((a, b) => a - b);
  const places = new Int32Array(ids.length).fill(-1);
  for (const [place, item] of kept.entries()) places[item] = place;

  model.ids = kept.map((item) => ids[item]!);
  model.indexOf = new Map(model.ids.map((id, place) => [id, place]));
  model.counts = keepCounts(counts, kept);
  for (const name of ROW_NAMES) model.rows[name] = keepCounters(model.rows[name], kept, places);
  renumberSessions(model.sessions, places);
  if (model.guard) renumberGuard(model.guard, kept);
  const moved = (items: readonly number[]) =>
    items.map((item) => places[item]!).filter((place) => place >= 0);
  for (const person of model.people.values()) {
    person.items = moved(person.items);
    person.bought = moved(person.bought);
    person.viewedAt = person.viewedAt.filter((_, i) => places[person.viewed[i]!]! >= 0);
    person.viewed = moved(person.viewed);
  }
}

function keepCounts(old: ItemCounts, kept: readonly number[]): ItemCounts {
  const counts = emptyCounts(old.supportersCap);
  widenCounts(counts, kept.length);
  counts.zeroAt = old.zeroAt;
  counts.seasonedBaskets = old.seasonedBaskets;
  const cap = old.supportersCap;
  for (const [place, item] of kept.entries()) {
    counts.visits[place] = old.visits[item]!;
    counts.baskets[place] = old.baskets[item]!;
    counts.buyers[place] = old.buyers[item]!;
    counts.seasoned[place] = old.seasoned[item]!;
    counts.heat[place] = old.heat[item]!;
    counts.viewerLabels.set(old.viewerLabels.subarray(item * cap, (item + 1) * cap), place * cap);
    counts.buyerLabels.set(old.buyerLabels.subarray(item * cap, (item + 1) * cap), place * cap);
  }
  return counts;
}
