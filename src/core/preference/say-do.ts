import type { CatalogItem } from "../catalog/item.ts";
import { shareInterval } from "../stats/small-counts.ts";
import type { EpochMs } from "../primitives/time.ts";
import { isAbout } from "./is-about.ts";
import { isAvoiding, type Preference } from "./preference.ts";

/** Items that were bought in one order, or looked at on one visit: one occasion to do as one said. */
export type Occasion = { readonly at: EpochMs; readonly items: readonly CatalogItem[] };

/** How often somebody did as they say. */
export type Done = {
  /** Occasions on which it could be told: the catalog says of an item there whether it is so. */
  readonly occasions: number;
  /** Mean share of an occasion's items that are as they say, in [0, 1]. `undefined` without an occasion. */
  readonly share: number | undefined;
  /** The true share is between these with 95 % confidence, however few the occasions and however often one looks. */
  readonly low: number;
  readonly high: number;
};

/** One preference against what was done. */
export type SayDo = {
  readonly preference: Preference;
  /** Bought since it was said: what keeps the word or does not. */
  readonly bought: Done;
  /** Bought before: what may have led to it being said. */
  readonly boughtBefore: Done;
  /** Looked at since it was said. */
  readonly viewed: Done;
};

const ALPHA = 0.05;
/** One customer has few orders: the interval is narrowest at this many. */
const TUNED_FOR = 10;

/** The share of items that are as a preference says, of those of which it can be told. `undefined`: of none. */
export function shareAsSaid(
  preference: Preference,
  items: readonly CatalogItem[],
  market?: string,
): number | undefined {
  let told = 0;
  let asSaid = 0;
  for (const item of items) {
    const isIt = isAbout(preference, item, market);
    if (isIt === undefined) continue;
    told++;
    if (isIt !== isAvoiding(preference.topic)) asSaid++;
  }
  return told === 0 ? undefined : asSaid / told;
}

/**
 * What a customer says against what they do. An order, or a visit, counts once however much is in it, because its items
 * are chosen together; three orders that all match leave the true share anywhere above 0.19. A preference that no item
 * can show (a reason) is left out.
 */
export function sayDo(
  said: readonly Preference[],
  orders: readonly Occasion[],
  visits: readonly Occasion[],
  market?: string,
): SayDo[] {
  return said
    .filter(({ topic }) => topic !== "reason")
    .map((preference) => {
      const isSince = ({ at }: Occasion) => at >= preference.at;
      const done = (occasions: readonly Occasion[]) => doneOf(preference, occasions, market);
      return {
        preference,
        bought: done(orders.filter(isSince)),
        boughtBefore: done(orders.filter((order) => !isSince(order))),
        viewed: done(visits.filter(isSince)),
      };
    });
}

function doneOf(preference: Preference, occasions: readonly Occasion[], market?: string): Done {
  let count = 0;
  let sum = 0;
  for (const { items } of occasions) {
    const share = shareAsSaid(preference, items, market);
    if (share === undefined) continue;
    count++;
    sum += share;
  }
  // The mixture behind it holds for shares in [0, 1] as for yes and no: of all with one mean, yes and no vary most.
  const interval = shareInterval(sum, count, ALPHA, TUNED_FOR);
  return { occasions: count, share: count === 0 ? undefined : sum / count, ...interval };
}
