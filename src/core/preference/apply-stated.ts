import type { CatalogItem } from "../catalog/item.ts";
import { isAbout } from "./is-about.ts";
import { isAvoiding, type Preference } from "./preference.ts";

/** Above the most that a liking concluded from acts can lift (1.4): what is said outranks what is guessed. */
export const STATED_LIFT = 2;
/** What each further topic adds, a brand beside a material, so that two wishes met come before one. */
const FURTHER_LIFT = 0.25;

/** What a customer's own words do to an item. */
export type Stated = {
  /** Multiplies the score; 1: they say nothing of it. */
  readonly factor: number;
  /** They said they do not want it: it is left out, whatever else speaks for it. */
  readonly isHidden: boolean;
  /** What it follows from, the first of each topic. */
  readonly because: readonly Preference[];
};

const SILENT: Stated = { factor: 1, isHidden: false, because: [] };

/**
 * What stated preferences make of an item. What is avoided is hidden; what is liked is lifted by 2, and by a quarter more
 * for each further topic. A sensitive item can be hidden so, but is never lifted.
 * @example applyStated([likesOak], oakTable, { isSensitive: false }).factor // 2
 */
export function applyStated(
  preferences: readonly Preference[],
  item: CatalogItem,
  { market, isSensitive }: { readonly market?: string | undefined; readonly isSensitive: boolean },
): Stated {
  if (preferences.length === 0) return SILENT;
  const because = new Map<string, Preference>();
  for (const preference of preferences) {
    const { topic } = preference;
    if (because.has(topic) || !isAbout(preference, item, market)) continue;
    if (isAvoiding(topic)) return { factor: 1, isHidden: true, because: [preference] };
    because.set(topic, preference);
  }
  if (because.size === 0 || isSensitive) return SILENT;
  return {
    factor: STATED_LIFT + FURTHER_LIFT * (because.size - 1),
    isHidden: false,
    because: [...because.values()],
  };
}
