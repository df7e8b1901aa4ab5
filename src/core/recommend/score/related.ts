import type { ItemId } from "../../primitives/ids.ts";
import { addRow, addRowOnward, close, open, strongest, type Scored } from "./scratch.ts";
import type { ModelSnapshot } from "../snapshot/snapshot.ts";

/** How many are returned unless told: enough to leave some after the caller's own filters. */
const LIMIT = 100;

/** An item of the running visit; the current one has `ageRank` 0, the one before it 1, and so on. */
export type Recent = { readonly item: ItemId; readonly ageRank: number };

// Chosen on the validation parts of diginetica, rsc15-100k and serenade-sample: `npm run bench:model -- --valid`.
const SEQUENCE_SHARE = 0.1;
const FADE_RANKS = 2;
const RECENT_MAX = 20;
const ONWARD_ITEMS = 10;
const ONWARD_SHARE = 0.5;
const ONWARD_ENTRIES = 32;

/**
 * What others who viewed the recent items viewed too: their co-visit rows and, for a tenth, their sequence rows, each
 * fading by exp(−`ageRank` ∕ 2). Then one step further: the ten strongest so far lend their own co-visit rows at half
 * weight, which fills short lists; where nothing else speaks for an answer its evidence is not `isDirect`.
 *
 * Recent items are among the answers, as strong as others came back to them; whether they may be shown again is the
 * slot's choice. One for which only that speaks has itself as the seed of its evidence.
 */
export function scoreAlsoViewed(snapshot: ModelSnapshot, recent: readonly Recent[], limit = LIMIT): Scored[] {
  const { rows } = snapshot;
  open(snapshot);
  let taken = 0;
  for (const { item, ageRank } of recent) {
    const seed = snapshot.index.get(item);
    if (seed === undefined) continue;
    if (++taken > RECENT_MAX) break;
    const weight = Math.exp(-Math.max(0, ageRank) / FADE_RANKS);
    addRow(rows.coVisit, "coVisit", seed, weight * (1 - SEQUENCE_SHARE));
    addRow(rows.sequence, "sequence", seed, weight * SEQUENCE_SHARE);
  }
  for (const { index, score } of strongest(ONWARD_ITEMS)) {
    addRowOnward(rows.coVisit, "coVisit", index, ONWARD_SHARE * score, ONWARD_ENTRIES);
  }
  return close(snapshot, limit, () => false);
}
