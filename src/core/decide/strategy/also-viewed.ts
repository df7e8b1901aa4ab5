import type { Voice } from "../../recommend/content/stand-ins.ts";
import { scoreAlsoViewed, type Recent } from "../../recommend/score/related.ts";
import { scoreVisit } from "../../recommend/score/visit.ts";
import { throughTwins, withArrivals } from "./cold.ts";
import type { Ask, Candidate, Strategy } from "./strategy.ts";

/**
 * What visits to some items lead to, the first weighing most; where nothing was learned of any of them, what their like
 * leads to.
 */
export function viewedWith({ scene, settings, limit }: Ask, about: readonly number[]): Candidate[] {
  const { catalog, model, toCatalog, toModel } = scene.world;
  const scored = scoreVisit(
    model,
    about
      .filter((ordinal) => toModel[ordinal]! >= 0)
      .map((ordinal, ageRank) => ({ item: catalog.items[ordinal]!.id, ageRank })),
    limit,
    settings.neighbourWeight,
  );
  const candidates: Candidate[] = [];
  for (const { index, score, evidence } of scored) {
    const ordinal = toCatalog[index]!;
    if (ordinal < 0) continue;
    // An item's own row speaks for it where people come back to it: a reason if this visitor looked at it, else none.
    const isOwnVoice = evidence.seed === index;
    if (isOwnVoice && !scene.recent.includes(ordinal)) continue;
    candidates.push({
      ordinal,
      score,
      evidence: isOwnVoice
        ? { code: "recently_viewed" }
        : evidence.row === "sessions"
          ? { code: "similar_visits", with: toCatalog[evidence.seed]!, customers: evidence.customers }
          : {
              code: "viewed_together",
              with: toCatalog[evidence.seed]!,
              times: evidence.times,
              customers: evidence.customers,
            },
    });
  }
  if (!settings.coldStart) return candidates;
  if (candidates.some(({ evidence }) => evidence.code !== "recently_viewed"))
    return withArrivals(scene.world, about, candidates, limit);
  // A voice of less weight speaks as from an older look: a weight of exp(−x ∕ 2) is an age of x.
  const asRecent = ({ ordinal, weight }: Voice): Recent => ({
    item: catalog.items[ordinal]!.id,
    ageRank: -2 * Math.log(weight),
  });
  const byTwins = throughTwins(
    scene.world,
    about,
    (voices) => scoreAlsoViewed(model, voices.map(asRecent), limit),
    limit,
  );
  return [...candidates, ...byTwins].sort((a, b) => b.score - a.score).slice(0, limit);
}

/** What others looked at in the same visit as this item. */
export const alsoViewed: Strategy = {
  name: "also_viewed",
  propose: (ask) => viewedWith(ask, ask.seeds.length > 0 ? ask.seeds : ask.scene.recent.slice(0, 1)),
};
