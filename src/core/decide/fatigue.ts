import type { CatalogIndex } from "../catalog/catalog-index.ts";
import { DAY_MS, type EpochMs } from "../primitives/time.ts";
import type { Seen } from "../profile/profile.ts";
import { perView } from "./per-view.ts";

/** Showing something once more is no insistence. */
const FREE_SHOWINGS = 1;
/** Showings in vain that halve an item's score. */
const HALVES_AFTER = 4;
/** Time in which half of a showing is forgotten, and in which half of the showings since a touch count again. */
const FORGOTTEN_MS = 7 * DAY_MS;
/** However often it was ignored, what evidence puts sixteen times higher still comes first. */
const LEAST = 1 / 16;

/** How often each product was shown to this person, by family: all its variants together, lest they take turns. */
export const seenByFamily = perView((view, catalog: CatalogIndex): ReadonlyMap<number, Seen> => {
  const seen = new Map<number, Seen>();
  for (const [id, { times, at }] of view.seen) {
    const family = catalog.family[catalog.ordinal.get(id) ?? -1];
    if (family === undefined) continue;
    const known = seen.get(family);
    seen.set(family, known ? { times: known.times + times, at: Math.max(known.at, at) } : { times, at });
  }
  return seen;
});

/**
 * How a product's score bends because this person was shown it and did nothing: 1 for what is fresh, halved by every four
 * showings in vain, at least 1/16. Half of it is forgotten in a week, and a touch forgives: all while nothing was shown
 * since, and less the longer showing went on after it.
 * @param touchedAt when the person last viewed, clicked or bought it; absent: not lately.
 * @example fatigue({ times: 5, at: now }, undefined, now) // .5
 * @example fatigue({ times: 5, at: now - 28 * DAY_MS }, undefined, now) // 1
 */
export function fatigue(seen: Seen | undefined, touchedAt: EpochMs | undefined, now: EpochMs): number {
  if (!seen) return 1;
  const halves = (ms: number) => 2 ** -Math.max(0, ms / FORGOTTEN_MS);
  const sinceTouch = touchedAt === undefined ? 1 : 1 - halves(seen.at - touchedAt);
  const inVain = seen.times * halves(now - seen.at) * sinceTouch - FREE_SHOWINGS;
  return inVain > 0 ? Math.max(LEAST, 2 ** (-inVain / HALVES_AFTER)) : 1;
}

/** A frequency cap: a product is shown to one customer at most so often in so many days. `times` 0: no cap. */
export type Cap = { readonly times: number; readonly days: number };

/**
 * Whether showing a product once more could break a cap. The profile keeps how often it was shown and when last, not each
 * moment; so the cap is never broken, and a product that reached it comes back when it was left alone for `days`.
 * @example isCapped({ times: 3, at: now - DAY_MS }, { times: 3, days: 7 }, now) // true
 */
export function isCapped(seen: Seen | undefined, cap: Cap, now: EpochMs): boolean {
  return seen !== undefined && cap.times > 0 && seen.times >= cap.times && now - seen.at < cap.days * DAY_MS;
}
