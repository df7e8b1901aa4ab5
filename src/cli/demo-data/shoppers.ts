import { seededRng, type Rng } from "../../core/primitives/rng.ts";
import { DAY_MS, HOUR_MS, type EpochMs } from "../../core/primitives/time.ts";
import { tasteOf } from "./taste.ts";
import { replenish, visit, type ShopEventInput } from "./visit.ts";

/** Everything one simulated shopper did, ready for one `POST /v1/events`. */
export type ShopperBatch = {
  readonly visitorId: string;
  readonly consent: { readonly analytics: true; readonly personalization: true };
  /** In the order they happened; ids are unique among all shoppers of the seed. */
  readonly events: readonly ShopEventInput[];
};

export type Simulation = {
  readonly count: number;
  /** First and last moment at which anything happens. */
  readonly from: EpochMs;
  readonly until: EpochMs;
  /** Same seed, same shoppers. */
  readonly seed: string;
};

/** A moment of a day on which people shop: rarely at night, mostly in the evening. */
function shoppingHour(rng: Rng): number {
  return 7 * HOUR_MS + Math.max(rng(), rng()) * 16 * HOUR_MS;
}

function shopper(index: number, { from, until, seed }: Simulation): ShopperBatch {
  const visitorId = `sim-${seed}-${index}`;
  const rng = seededRng(visitorId);
  const taste = tasteOf(rng);
  const events: ShopEventInput[] = [];
  let next = 0;
  const idOf = () => `${visitorId}-${next++}`;
  const days = (until - from) / DAY_MS;
  const visits = 1 + Math.floor(rng() ** 1.5 * 4.6);
  for (let n = 0; n < visits; n++) {
    const day = Math.floor(rng() * days);
    const start = Math.round(from + day * DAY_MS + shoppingHour(rng));
    for (const one of visit(rng, taste, start, idOf, events)) {
      const cycle = one.item.replenishDays;
      if (cycle === undefined || rng() > 0.6) continue;
      // People run out a little early or notice a little late.
      for (let due = start; ;) {
        due += cycle * DAY_MS * (0.85 + 0.3 * rng());
        if (due > until) break;
        replenish(rng, one, Math.round(due), idOf, events);
      }
    }
  }
  // Two visits may overlap; a person still does one thing after another. Nothing happens after the end.
  const done = events.filter((event) => (event.at as EpochMs) >= from && (event.at as EpochMs) <= until);
  return {
    visitorId,
    consent: { analytics: true, personalization: true },
    events: done.sort((a, b) => (a.at as EpochMs) - (b.at as EpochMs)),
  };
}

/**
 * Simulated shoppers with plausible habits: one or two favourite categories, a price level, things bought together,
 * trading up while looking, running out of coffee. They are simulated and say so: every visitor id starts with `sim-`.
 * About twelve events each.
 * @example [...simulateShoppers({ count: 2, from, until, seed: "demo" })].length // 2
 */
export function* simulateShoppers(simulation: Simulation): Iterable<ShopperBatch> {
  for (let index = 0; index < simulation.count; index++) {
    const batch = shopper(index, simulation);
    if (batch.events.length > 0) yield batch;
  }
}
