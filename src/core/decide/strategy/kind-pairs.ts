import { isAvailable } from "../../catalog/item.ts";
import type { Scene } from "../scene.ts";
import type { World } from "../world.ts";
import type { Candidate } from "./strategy.ts";

/** Partner types that are asked for their best sellers. */
const TYPES_MAX = 12;
/** Best sellers of one type that are worth proposing: eligibility comes after. */
const PER_TYPE = 6;
/** Best sellers remembered of one type. */
const REMEMBERED = 48;

type Partner = {
  readonly type: string;
  readonly weight: number;
  /** Of that, what the seed says that says most: it is the evidence. */
  readonly loudest: number;
  readonly customers: number;
  readonly seed: number;
};

/**
 * Where too few people bought the seeds for pairs of their own: the best sellers of the kinds that go with the seeds'
 * kinds, in turn, the strongest kind first. Each sold to as many people as a pair needs; none of a seed's own kind.
 * @param taken ordinals that are proposed already
 * @returns scores in (0, 1]
 */
export function boughtWithKind(
  scene: Scene,
  seeds: readonly number[],
  taken: ReadonlySet<number>,
  limit: number,
): Candidate[] {
  const { world, market } = scene;
  const { catalog, model, toModel } = world;
  const candidates: Candidate[] = [];
  for (const { type, weight, customers, seed } of partnersOf(world, seeds)) {
    let rank = 0;
    for (const ordinal of bestSellers(world, type)) {
      if (rank === PER_TYPE) break;
      if (taken.has(ordinal) || !isAvailable(catalog.items[ordinal]!, market)) continue;
      // The second best seller of a kind says as much as the first of a kind that goes half as often with the seed's.
      const score = weight / ++rank;
      candidates.push({ ordinal, score, evidence: { code: "bought_with_kind", with: seed, customers } });
    }
  }
  const sales = ({ ordinal }: Candidate) => model.buyers[toModel[ordinal]!]!;
  return candidates
    .sort((a, b) => b.score - a.score || sales(b) - sales(a) || a.ordinal - b.ordinal)
    .slice(0, limit);
}

/** Kinds that go with the kinds of the seeds, the strongest first; each with the seed that names it loudest. */
function partnersOf(world: World, seeds: readonly number[]): Partner[] {
  const pairs = world.model.typePairs;
  if (pairs.size === 0) return [];
  const own = new Map<string, number>();
  for (const seed of seeds) {
    const type = world.sensitive.has(seed) ? undefined : world.catalog.items[seed]!.type;
    if (type !== undefined && !own.has(type)) own.set(type, seed);
  }
  const partners = new Map<string, Partner>();
  for (const [type, seed] of own) {
    for (const { type: other, weight, customers } of pairs.get(type) ?? []) {
      if (own.has(other)) continue;
      const share = weight / own.size;
      const known = partners.get(other);
      if (!known) partners.set(other, { type: other, weight: share, loudest: share, customers, seed });
      else if (share > known.loudest) {
        partners.set(other, { type: other, weight: known.weight + share, loudest: share, customers, seed });
      } else partners.set(other, { ...known, weight: known.weight + share });
    }
  }
  return [...partners.values()]
    .sort((a, b) => b.weight - a.weight || (a.type < b.type ? -1 : 1))
    .slice(0, TYPES_MAX);
}

const remembered = new WeakMap<World, Map<string, readonly number[]>>();

/** The items of a type that most different people bought; only such as may be told. Looked up once per type and world. */
function bestSellers(world: World, type: string): readonly number[] {
  const { catalog, model, toModel } = world;
  let byType = remembered.get(world);
  if (!byType) remembered.set(world, (byType = new Map()));
  let best = byType.get(type);
  if (best) return best;
  const buyersOf = (ordinal: number) => (toModel[ordinal]! < 0 ? 0 : model.buyers[toModel[ordinal]!]!);
  best = (catalog.byType.get(type) ?? [])
    .filter((ordinal) => buyersOf(ordinal) > 0)
    .sort((a, b) => buyersOf(b) - buyersOf(a) || a - b)
    .slice(0, REMEMBERED);
  byType.set(type, best);
  return best;
}
