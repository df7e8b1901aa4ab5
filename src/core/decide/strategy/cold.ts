import { arrivalsBeside } from "../../recommend/content/arrivals.ts";
import { fuseTwins, voicesOf, type Voice } from "../../recommend/content/stand-ins.ts";
import type { Scored } from "../../recommend/score/scratch.ts";
import type { World } from "../world.ts";
import type { Candidate, Evidence } from "./strategy.ts";

/**
 * Candidates for seeds that nothing was learned of: what the items most like them lead to, and those items themselves,
 * fused by rank. Each says truthfully which item stands in for which. None where nothing is alike.
 * @param score asks the model about the twins as a strategy would about its seeds
 */
export function throughTwins(
  world: World,
  seeds: readonly number[],
  score: (voices: readonly Voice[]) => readonly Scored[],
  limit: number,
): Candidate[] {
  const { toModel, toCatalog } = world;
  const voices = new Map(voicesOf(world, seeds).map((voice) => [toModel[voice.ordinal]!, voice]));
  const [seed] = seeds;
  if (seed === undefined || voices.size === 0) return [];
  const learned: Candidate[] = [];
  for (const { index, score: own, evidence } of score([...voices.values()])) {
    const ordinal = toCatalog[index]!;
    const voice = voices.get(evidence.seed);
    // What a twin's own row, or only a friend of its friends says, is too far from the seed to be a reason.
    if (ordinal < 0 || !voice || voices.has(index) || seeds.includes(ordinal)) continue;
    learned.push({
      ordinal,
      score: own,
      evidence: {
        code: "similar_to_viewed",
        standsFor: "seed",
        about: voice.about,
        twin: voice.ordinal,
        how: evidence.row === "coPurchase" ? "bought" : "viewed",
        similarity: voice.similarity,
        times: evidence.times,
        customers: evidence.customers,
      },
    });
  }
  const asTwin = ({ ordinal, similarity }: { ordinal: number; similarity: number }): Candidate => ({
    ordinal,
    score: 1,
    evidence: { code: "same_type", as: seed, similarity },
  });
  return fuseTwins(world, seed, learned, asTwin)
    .filter(({ ordinal }) => !seeds.includes(ordinal))
    .slice(0, limit);
}

/**
 * Learned candidates and, between them, cold items that are like the best of them: at half their twin's score at most,
 * so after all that evidence ranked well.
 * @param candidates the best first
 */
export function withArrivals(
  world: World,
  seeds: readonly number[],
  candidates: readonly Candidate[],
  limit: number,
): Candidate[] {
  const hosts = candidates.flatMap(({ ordinal, score, evidence }) =>
    evidence.code === "bought_together" || evidence.code === "viewed_together"
      ? [{ ordinal, score, evidence }]
      : [],
  );
  const taken = new Set(candidates.map(({ ordinal }) => ordinal));
  const arrivals = arrivalsBeside(world, hosts, seeds)
    .filter(({ ordinal }) => !taken.has(ordinal))
    .map(({ ordinal, score, twin, similarity }): Candidate => {
      const { evidence } = hosts.find((host) => host.ordinal === twin)!;
      return { ordinal, score, evidence: likeHost(evidence, twin, similarity) };
    });
  if (arrivals.length === 0) return candidates.slice(0, limit);
  return [...candidates, ...arrivals]
    .sort((a, b) => b.score - a.score || a.ordinal - b.ordinal)
    .slice(0, limit);
}

type Pair = Extract<Evidence, { code: "bought_together" | "viewed_together" }>;

const likeHost = (pair: Pair, twin: number, similarity: number): Evidence => ({
  code: "similar_to_viewed",
  standsFor: "pick",
  about: pair.with,
  twin,
  how: pair.code === "bought_together" ? "bought" : "viewed",
  similarity,
  times: pair.times,
  customers: pair.customers,
});
