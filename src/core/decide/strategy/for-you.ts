import { DAY_MS } from "../../primitives/time.ts";
import { viewedWith } from "./also-viewed.ts";
import type { Candidate, Strategy } from "./strategy.ts";

/** How early before a usual repurchase an item may be offered again, as a share of the interval. */
const EARLY_SHARE = 0.15;

/** What this person's own recent looks lead to, after what they are about to need again. Nothing without a past. */
export const forYou: Strategy = {
  name: "for_you",
  propose(ask) {
    const { scene } = ask;
    const candidates: Candidate[] = [];
    for (const [id, owned] of scene.view?.owned ?? []) {
      const ordinal = scene.world.catalog.ordinal.get(id);
      const days = ordinal === undefined ? undefined : scene.world.catalog.items[ordinal]!.replenishDays;
      if (ordinal === undefined || days === undefined) continue;
      if (isDue(owned.at, days, scene.now))
        candidates.push({ ordinal, score: 2, evidence: { code: "buy_again", days } });
    }
    const about = scene.recent.length > 0 ? scene.recent : scene.cart;
    const proposed = new Set(candidates.map((one) => one.ordinal));
    for (const candidate of viewedWith(ask, about))
      if (!proposed.has(candidate.ordinal)) candidates.push(candidate);
    return candidates;
  },
};

/** Whether something bought then is about to be needed again. @example isDue(0, 30, 27 * DAY_MS) // true */
export function isDue(boughtAt: number, replenishDays: number, now: number): boolean {
  return now - boughtAt >= replenishDays * (1 - EARLY_SHARE) * DAY_MS;
}
