import type { ItemId } from "../../primitives/ids.ts";
import type { EpochMs } from "../../primitives/time.ts";
import { buyersOf, viewersOf } from "../learn/item-counts.ts";
import type { Model } from "../learn/model.ts";
import { publishRows } from "./publish-rows.ts";
import { publishSessions } from "./recent-sessions.ts";
import type { ModelSnapshot } from "./snapshot.ts";
import { steadily } from "./steady.ts";
import { toldCounts } from "./told-counts.ts";
import { typePairs } from "./type-pairs.ts";

/** Of a guarded model. Generous: in a shop of a handful of items a pair hardly differs from chance, and is to be shown. */
const LIFT_SLACK = 3;

type Publication = {
  /** Different people that must stand behind a number for it to be published. Above the model's cap: nothing is. */
  readonly minCustomers: number;
  readonly version: number;
  readonly now: EpochMs;
  /** What was told last of this log by these terms; none after an erasure. */
  readonly previous?: ModelSnapshot | undefined;
  /** Product types, where the catalog is known: then kinds that go together are told too. */
  readonly typeOf?: ((item: ItemId) => string | undefined) | undefined;
};

/**
 * What may be told of the model now. A pair, a popularity count or a trending item with fewer than `minCustomers`
 * different people behind it is left out, and an item of which nothing may be told does not appear at all.
 */
export function publish(
  model: Model,
  { minCustomers, version, now, previous, typeOf }: Publication,
): ModelSnapshot {
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
  const untold = Uint32Array.from(kept, (item, place) => Math.max(0, counts.visits[item]! - visits[place]!));
  const ranked = (value: (place: number) => number) =>
    Uint32Array.from(kept.keys())
      .filter((place) => value(place) > 0)
      .sort((a, b) => value(b) - value(a) || a - b);
  const most = visits.reduce((max, one) => Math.max(max, one), 0) + 1;
  const index = new Map(items.map((id, place) => [id, place]));
  const isSteady = model.guard && previous?.minCustomers === minCustomers;
  const keep = isSteady ? steadily(previous, { index, visits, inBaskets }) : undefined;
  return {
    version,
    publishedAt: now,
    minCustomers,
    supportersCap: settings.supportersCap,
    baskets: model.baskets,
    items,
    index,
    visits,
    inBaskets,
    buyers,
    heat,
    popular: ranked((place) => buyers[place]! + visits[place]! / most),
    trending: ranked((place) => heat[place]!),
    rows: publishRows(model, { kept, places }, told, minCustomers, settings.publishedBytes, keep),
    liftSlack: model.guard ? LIFT_SLACK : 1,
    sessions: publishSessions(model.sessions, places, untold),
    typePairs: typeOf ? typePairs(model, typeOf, minCustomers) : new Map(),
  };
}
