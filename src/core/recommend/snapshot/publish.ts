import type { ItemId } from "../../primitives/ids.ts";
import type { EpochMs } from "../../primitives/time.ts";
import { buyersOf, viewersOf } from "../learn/item-counts.ts";
import type { Model } from "../learn/model.ts";
import { PAIR_STEP } from "./hysteresis.ts";
import { publishRows } from "./publish-rows.ts";
import { publishSessions } from "./recent-sessions.ts";
import type { ModelSnapshot } from "./snapshot.ts";
import { toldCounts } from "./told-counts.ts";
import { typePairs } from "./type-pairs.ts";

type Publication = {
  /** Different people that must stand behind a number for it to be published. Above the model's cap: nothing is. */
  readonly minCustomers: number;
  readonly version: number;
  readonly now: EpochMs;
  /** Product types, where the catalog is known: then kinds that go together are told too. */
  readonly typeOf?: ((item: ItemId) => string | undefined) | undefined;
};

/**
 * What may be told of the model now. A pair, a popularity count or a trending item with fewer than `minCustomers`
 * different people behind it is left out, and an item of which nothing may be told does not appear at all.
 */
export function publish(model: Model, { minCustomers, version, now, typeOf }: Publication): ModelSnapshot {
  const { counts, settings } = model;
  const seen = (item: number) => viewersOf(counts, item) >= minCustomers;
  const sold = (item: number) => buyersOf(counts, item) >= minCustomers;
  const kept = model.ids.map((_, item) => item).filter((item) => seen(item) || sold(item));
  const places = new Int32Array(model.ids.length).fill(-1);
  for (const [place, item] of kept.entries()) places[item] = place;
  const items = kept.map((item) => model.ids[item]!);
  const fade = 2 ** ((counts.zeroAt - now) / settings.trendingHalfLifeMs);
  const told = toldCounts(model, kept, minCustomers, fade);
  const { visits, inBaskets, buyers, heat } = told;
  const ranked = (value: (place: number) => number) =>
    Uint32Array.from(kept.keys())
      .filter((place) => value(place) > 0)
      .sort((a, b) => value(b) - value(a) || a - b);
  const most = visits.reduce((max, one) => Math.max(max, one), 0) + 1;
  return {
    version,
    publishedAt: now,
    minCustomers,
    supportersCap: settings.supportersCap,
    baskets: model.baskets,
    items,
    index: new Map(items.map((id, place) => [id, place])),
    visits,
    inBaskets,
    buyers,
    heat,
    popular: ranked((place) => buyers[place]! + visits[place]! / most),
    trending: ranked((place) => heat[place]!),
    rows: publishRows(model, { kept, places }, told, minCustomers, settings.publishedBytes),
    pairStep: settings.isGuarded ? PAIR_STEP : 1,
    sessions: publishSessions(model.sessions, places, kept.length),
    typePairs: typeOf ? typePairs(model, typeOf, minCustomers) : new Map(),
  };
}
