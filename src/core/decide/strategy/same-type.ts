import { contentNeighbours } from "../../recommend/content/neighbours.ts";
import { remembered } from "../../recommend/content/remembered.ts";
import type { Candidate, Strategy } from "./strategy.ts";

/** What the slot is about, at most so many items of it: each costs a search. */
const ABOUT_MAX = 3;
/** Items compared by what is known of them beside their likeness. */
const COMPARED_MAX = 100;

/**
 * Items like those the slot is about, by title, type path, brand, price and attributes: content alone, for a shop or an
 * item that nobody has looked at yet; among the like, the more popular. An item with nothing in common is not among
 * them, so there may be none. Tuned on the validation part of completejourney-sample (test/bench/cold).
 */
export const sameType: Strategy = {
  name: "same_type",
  propose({ scene, seeds, limit }) {
    const { catalog, model, toModel } = scene.world;
    const about = (seeds.length > 0 ? seeds : scene.recent).slice(0, ABOUT_MAX);
    const best = new Map<number, Candidate>();
    for (const seed of about) {
      const alike = remembered(catalog, seed, () => contentNeighbours(catalog, seed, COMPARED_MAX));
      for (const { ordinal, similarity } of alike) {
        if (about.includes(ordinal)) continue;
        const index = toModel[ordinal]!;
        const known = index < 0 ? 0 : model.visits[index]! + model.inBaskets[index]!;
        // The root leaves the order as it is, and rules and taste their say.
        const score = Math.sqrt(similarity * (1 + Math.log1p(known)));
        if (score <= (best.get(ordinal)?.score ?? 0)) continue;
        best.set(ordinal, { ordinal, score, evidence: { code: "same_type", as: seed, similarity } });
      }
    }
    return [...best.values()].sort((a, b) => b.score - a.score || a.ordinal - b.ordinal).slice(0, limit);
  },
};
