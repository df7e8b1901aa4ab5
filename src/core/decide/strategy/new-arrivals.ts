import { contentNeighbours } from "../../recommend/content/neighbours.ts";
import { isWarm } from "../../recommend/content/stand-ins.ts";
import type { Candidate, Strategy } from "./strategy.ts";

/** Items whose like is looked for, newest look first: each costs a search. */
const ABOUT_MAX = 5;
/** How fast an older look's say fades: the third counts half. */
const FADE_RANKS = 2;

/**
 * What nobody knows yet and is like what the slot is about, or like what the person looked at lately. Only by content:
 * an item stops being new when enough people have seen it. Nothing where nothing is alike.
 */
export const newArrivals: Strategy = {
  name: "new_arrivals",
  propose({ scene, seeds, limit }) {
    const { world } = scene;
    const about = (seeds.length > 0 ? seeds : scene.recent).slice(0, ABOUT_MAX);
    const isNew = (ordinal: number) => !isWarm(world, ordinal) && !scene.recent.includes(ordinal);
    const best = new Map<number, Candidate>();
    for (const [rank, seed] of about.entries()) {
      if (world.sensitive.has(seed)) continue;
      for (const { ordinal, similarity } of contentNeighbours(world.catalog, seed, limit, isNew)) {
        const score = similarity / (1 + rank / FADE_RANKS);
        if (about.includes(ordinal) || score <= (best.get(ordinal)?.score ?? 0)) continue;
        if (world.sensitive.has(ordinal)) continue;
        best.set(ordinal, { ordinal, score, evidence: { code: "same_type", as: seed, similarity } });
      }
    }
    return [...best.values()].sort((a, b) => b.score - a.score || a.ordinal - b.ordinal).slice(0, limit);
  },
};
