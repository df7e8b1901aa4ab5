import type { ModelSnapshot } from "../snapshot/snapshot.ts";
import { complementShares, type Share } from "./complements.ts";

/** Something that may complete the set, by its place in the snapshot. */
export type Piece = {
  readonly index: number;
  /** In minor units of one currency, above 0. */
  readonly price: number;
  /** Two pieces of one kind are a choice, not a set; `undefined`: a kind of its own. */
  readonly kind: string | undefined;
};

/** A piece of the finished set, and the pair that speaks loudest for it. */
export type Chosen = {
  readonly piece: Piece;
  /** How well it goes with the seeds and with the pieces before it, in (0, 1]. */
  readonly score: number;
  readonly evidence: {
    /** The seed or the earlier piece it goes with most. */
    readonly with: number;
    readonly times: number;
    readonly customers: number;
  };
};

export type BundleSettings = {
  /** What all pieces together may cost, in the unit of their prices. */
  readonly priceMax: number;
  /** Pieces at most. */
  readonly sizeMax: number;
  readonly popularityDamping: number;
};

/** A set is two pieces at least: one is a cross-sell. */
const SIZE_MIN = 2;

/** What speaks for a piece: shares of the seeds' rows, and, as the set grows, of the rows of its pieces. */
type Standing = {
  readonly piece: Piece;
  readonly bySeeds: number;
  byPieces: number;
  /** Pieces of the set it goes with. */
  ties: number;
  loudest: Share & { readonly of: number };
};

/**
 * Completes the set: pieces that go with the seeds and with each other, one of a kind, within a price. Greedy: each step
 * adds the piece with the largest product of its mean share in the seeds' rows and its mean share in the rows of the
 * pieces so far, so that every piece was bought with a seed and with all pieces before it. Any beginning of the set is
 * a set that keeps all of that. Empty where there are not two such pieces: half a set is none.
 * @param seeds places in the snapshot, each once; no piece is one of them
 * @param seedKinds kinds that the seeds are of already
 * @param pieces candidates, each once
 */
export function completeSet(
  snapshot: ModelSnapshot,
  seeds: readonly number[],
  seedKinds: ReadonlySet<string>,
  pieces: readonly Piece[],
  { priceMax, sizeMax, popularityDamping }: BundleSettings,
): Chosen[] {
  const sharesOf = (index: number) => complementShares(snapshot, index, popularityDamping, 0);
  const standings = bySeeds(seeds, sharesOf, pieces);
  const kinds = new Set(seedKinds);
  const chosen: Chosen[] = [];
  let left = priceMax;
  while (chosen.length < sizeMax) {
    let best: Standing | undefined;
    let most = 0;
    for (const standing of standings.values()) {
      const { price, kind } = standing.piece;
      if (!(price <= left) || (kind !== undefined && kinds.has(kind)) || standing.ties < chosen.length)
        continue;
      const score = scoreOf(standing, seeds.length, chosen.length);
      if (score <= most) continue;
      most = score;
      best = standing;
    }
    if (!best) break;
    const { piece, loudest } = best;
    standings.delete(piece.index);
    chosen.push({ piece, score: most, evidence: evidenceOf(snapshot, loudest) });
    left -= piece.price;
    if (piece.kind !== undefined) kinds.add(piece.kind);
    for (const share of sharesOf(piece.index)) {
      const standing = standings.get(share.index);
      if (!standing) continue;
      standing.byPieces += share.share;
      standing.ties += 1;
      if (share.share > standing.loudest.share) standing.loudest = { ...share, of: piece.index };
    }
  }
  return chosen.length < SIZE_MIN ? [] : chosen;
}

/** Pieces that go with a seed at all; one with a price that is none, or that is a seed, is left out. */
function bySeeds(
  seeds: readonly number[],
  sharesOf: (index: number) => Share[],
  pieces: readonly Piece[],
): Map<number, Standing> {
  const possible = new Map(
    pieces
      .filter(({ index, price }) => Number.isFinite(price) && price > 0 && !seeds.includes(index))
      .map((piece) => [piece.index, piece]),
  );
  const standings = new Map<number, { -readonly [K in keyof Standing]: Standing[K] }>();
  for (const seed of seeds) {
    for (const share of sharesOf(seed)) {
      const piece = possible.get(share.index);
      if (!piece) continue;
      const known = standings.get(share.index);
      if (!known) {
        const loudest = { ...share, of: seed };
        standings.set(share.index, { piece, bySeeds: share.share, byPieces: 0, ties: 0, loudest });
        continue;
      }
      known.bySeeds += share.share;
      if (share.share > known.loudest.share) known.loudest = { ...share, of: seed };
    }
  }
  return standings;
}

/** Geometric mean of both shares: a piece that goes with one side only would be no part of a set. */
function scoreOf({ bySeeds: withSeeds, byPieces }: Standing, seeds: number, pieces: number): number {
  const share = withSeeds / seeds;
  return pieces === 0 ? share : Math.sqrt((share * byPieces) / pieces);
}

function evidenceOf(snapshot: ModelSnapshot, { of, entry }: Standing["loudest"]): Chosen["evidence"] {
  const { times, customers } = snapshot.rows.coPurchase;
  return { with: of, times: times[entry]!, customers: customers[entry]! };
}
