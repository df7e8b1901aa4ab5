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
  readonly byPieces: number;
  readonly loudest: Share & { readonly of: number };
};

/** Beginnings that are tried before it is said that there is no set. */
const STARTS_MAX = 8;

/**
 * Completes the set: pieces that go with the seeds and with each other, one of a kind, within a price. Greedy: it begins
 * with the piece that goes best with the seeds and that another can follow, and each step adds the one with the largest
 * product of its mean share in the seeds' rows and its mean share in the rows of the pieces so far; so every piece was
 * bought with a seed and with all pieces before it, and any beginning of the set keeps all of that. Empty where there are
 * not two such pieces: half a set is none.
 * @param seeds places in the snapshot, each once; no piece is one of them
 * @param seedKinds kinds that the seeds are of already
 * @param pieces candidates, each once
 */
export function completeSet(
  snapshot: ModelSnapshot,
  seeds: readonly number[],
  seedKinds: ReadonlySet<string>,
  pieces: readonly Piece[],
  settings: BundleSettings,
): Chosen[] {
  const sharesOf = (index: number) => complementShares(snapshot, index, settings.popularityDamping, 0);
  const standings = bySeeds(seeds, sharesOf, pieces);
  const search = { ...settings, snapshot, seeds: seeds.length, seedKinds, standings, sharesOf };
  const starts = [...standings.values()].sort(
    (a, b) => b.bySeeds - a.bySeeds || a.piece.index - b.piece.index,
  );
  for (const start of starts.slice(0, STARTS_MAX)) {
    const set = setFrom(start, search);
    if (set.length >= SIZE_MIN) return set;
  }
  return [];
}

type Search = BundleSettings & {
  readonly snapshot: ModelSnapshot;
  /** How many there are. */
  readonly seeds: number;
  readonly seedKinds: ReadonlySet<string>;
  readonly standings: ReadonlyMap<number, Standing>;
  readonly sharesOf: (index: number) => Share[];
};

/** The set that begins with one piece, or as much of it as there is. */
function setFrom(start: Standing, search: Search): Chosen[] {
  const { snapshot, seeds, seedKinds, standings, sharesOf, priceMax, sizeMax } = search;
  const kinds = new Set(seedKinds);
  const chosen: Chosen[] = [];
  let left = priceMax;
  const fits = ({ piece: { price, kind } }: Standing) =>
    price <= left && (kind === undefined || !kinds.has(kind));
  let possible = new Map(standings);
  let next: Standing | undefined = fits(start) ? start : undefined;
  while (next && chosen.length < sizeMax) {
    const { piece } = next;
    chosen.push({ piece, score: scoreOf(next, seeds, chosen.length), evidence: evidenceOf(snapshot, next) });
    left -= piece.price;
    if (piece.kind !== undefined) kinds.add(piece.kind);
    possible = tiedTo(piece.index, possible, sharesOf(piece.index));
    next = undefined;
    let most = 0;
    for (const standing of possible.values()) {
      const score = fits(standing) ? scoreOf(standing, seeds, chosen.length) : 0;
      if (score <= most) continue;
      most = score;
      next = standing;
    }
  }
  return chosen;
}

/** Those that also go with this piece, and how well. */
function tiedTo(
  index: number,
  standings: ReadonlyMap<number, Standing>,
  shares: readonly Share[],
): Map<number, Standing> {
  const tied = new Map<number, Standing>();
  for (const share of shares) {
    const standing = standings.get(share.index);
    if (!standing) continue;
    const loudest = share.share > standing.loudest.share ? { ...share, of: index } : standing.loudest;
    tied.set(share.index, { ...standing, byPieces: standing.byPieces + share.share, loudest });
  }
  return tied;
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
  const standings = new Map<number, Standing>();
  for (const seed of seeds) {
    for (const share of sharesOf(seed)) {
      const piece = possible.get(share.index);
      if (!piece) continue;
      const known = standings.get(share.index);
      const isLouder = !known || share.share > known.loudest.share;
      standings.set(share.index, {
        piece,
        bySeeds: (known?.bySeeds ?? 0) + share.share,
        byPieces: 0,
        loudest: isLouder ? { ...share, of: seed } : known.loudest,
      });
    }
  }
  return standings;
}

/** Geometric mean of both shares: a piece that goes with one side only would be no part of a set. */
function scoreOf({ bySeeds: withSeeds, byPieces }: Standing, seeds: number, pieces: number): number {
  const share = withSeeds / seeds;
  return pieces === 0 ? share : Math.sqrt((share * byPieces) / pieces);
}

function evidenceOf(snapshot: ModelSnapshot, { loudest: { of, entry } }: Standing): Chosen["evidence"] {
  const { times, customers } = snapshot.rows.coPurchase;
  return { with: of, times: times[entry]!, customers: customers[entry]! };
}
