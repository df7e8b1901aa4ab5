import type { Strategy } from "./strategy.ts";

/** What the person looked at, the latest first. */
export const recentlyViewed: Strategy = {
  name: "recently_viewed",
  propose: ({ scene, limit }) =>
    scene.recent
      .filter((ordinal) => ordinal !== scene.current)
      .slice(0, limit)
      .map((ordinal, place) => ({ ordinal, score: 1 / (1 + place), evidence: { code: "recently_viewed" } })),
};
