import { DAY_MS, type EpochMs } from "../../primitives/time.ts";
import { dueness, EARLY_SHARE } from "../../recommend/history/due.ts";
import { gapSpreadMs, type Bought } from "../../recommend/history/history.ts";
import type { Scene } from "../scene.ts";
import type { Candidate, Strategy } from "./strategy.ts";

/** Repurchases after which nothing is added for one more: the habit is proven. */
const HABIT_TIMES = 10;

/**
 * What this person is about to need again: by their own interval when they bought it twice or more, else by what the
 * shop says of the item. Nothing before 85 % of the interval, less and less when it is long overdue, and never what the
 * person refused or has in the cart. Scores lie in (0, 2].
 */
export const buyAgain: Strategy = {
  name: "buy_again",
  propose({ scene, limit }) {
    const { view, world } = scene;
    const candidates: Candidate[] = [];
    for (const [id, bought] of view?.history.items ?? []) {
      const ordinal = world.catalog.ordinal.get(id);
      if (ordinal === undefined || world.sensitive.has(ordinal) || scene.cart.includes(ordinal)) continue;
      const feedback = view!.feedback.get(id)?.kind;
      if (feedback === "not_this" || feedback === "own_it") continue;
      const wanted = wantedAgain(scene, ordinal, bought);
      if (wanted) candidates.push(wanted);
    }
    return candidates.sort((a, b) => b.score - a.score || a.ordinal - b.ordinal).slice(0, limit);
  },
};

function wantedAgain({ world, now }: Scene, ordinal: number, bought: Bought): Candidate | undefined {
  const isOwn = bought.gaps > 0;
  const replenishDays = world.catalog.items[ordinal]!.replenishDays;
  if (!isOwn && replenishDays === undefined) return undefined;
  const interval = isOwn ? bought.gapMeanMs : replenishDays! * DAY_MS;
  const due = dueness(now - bought.lastAt, interval, isOwn ? gapSpreadMs(bought) : 0);
  if (due === 0) return undefined;
  const habit = Math.min(1, bought.gaps / HABIT_TIMES);
  const days = Math.max(1, Math.round(interval / DAY_MS));
  return {
    ordinal,
    score: due * (1 + habit),
    evidence: { code: "buy_again", days, whose: isOwn ? "own" : "item" },
  };
}

/** Whether something bought then is about to be needed again. @example isDue(0, 30, 27 * DAY_MS) // true */
export const isDue = (boughtAt: EpochMs, replenishDays: number, now: EpochMs): boolean =>
  now - boughtAt >= replenishDays * (1 - EARLY_SHARE) * DAY_MS;
