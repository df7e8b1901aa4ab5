import { fnv1a32 } from "../../primitives/hash.ts";
import { DAY_MS } from "../../primitives/time.ts";
import type { Fact, Trust } from "../fact.ts";
import { labelOf } from "./counter-row.ts";
import { clearDaySet, emptyDaySet, isFirst, type DaySet } from "./day-set.ts";
import { emptyPace, isSpent, keepPaces, keepsPace, type Pace } from "./pace.ts";
import type { Standing } from "./standing.ts";

/**
 * What a model remembers so that nobody makes it say what they like: who said what today, how many newcomers each
 * network sent, how fast items go. Bounded, and the same again from the same facts.
 */
export type Guard = {
  readonly said: DaySet;
  /** By network label. Labels change every day, so the oldest are those of days gone by. */
  readonly networks: Map<number, Network>;
  visits: Pace;
  baskets: Pace;
  /** Whether the shop's own systems have told of an order. */
  hearsShop: boolean;
};

type Network = { newcomers: number; acts: number };

/** How one fact counts for others than its own person. */
export type Word = {
  /** Whether it counts at all. */
  readonly isHeard: boolean;
  readonly weight: number;
  /** The supporter it stands for. */
  readonly label: number;
  readonly day: number;
  /** Digests of person and day, and of the network; 0 where there is none. */
  readonly person: number;
  readonly network: number;
  readonly isPaced: boolean;
};

/**
 * What costs money, what costs an account, and what costs a line of script. Where all evidence is of one kind the ratios
 * change nothing.
 */
const WEIGHTS: Readonly<Record<Trust, number>> = { shop: 1, person: 0.8, page: 0.5 };
/** Unknown people a day behind one network after which the next must come back before they count. */
const NEWCOMERS_MAX = 20;
/** Acts of a page that count per network and day: some fifty thorough visits. */
const ACTS_MAX = 1_000;
/** Networks remembered, some four megabytes. Beyond it the one that came first is. */
const NETWORKS_MAX = 50_000;
/** What counts of an item every day: visits of pages, and baskets. */
const VISITS_A_DAY = 30;
const BASKETS_A_DAY = 5;

export const newGuard = (): Guard => ({
  said: emptyDaySet(),
  networks: new Map(),
  visits: emptyPace(VISITS_A_DAY),
  baskets: emptyPace(BASKETS_A_DAY),
  hearsShop: false,
});

/** How a fact counts. Without a guard everything does, each person as themself. */
export function wordOf(guard: Guard | undefined, fact: Fact, standing: Standing): Word {
  const day = Math.floor(fact.at / DAY_MS);
  const { trust = "shop", network } = fact;
  const plain = { isHeard: true, weight: 1, label: labelOf(fact.who), day };
  if (!guard) return { ...plain, person: 0, network: 0, isPaced: false };
  if (fact.session !== standing.bornIn) standing.hasReturned = true;
  const isPage = trust === "page";
  const said = { person: fnv1a32(`${day} ${fact.who}`), network: network ?? 0, isPaced: isPage };
  if (network === undefined) return { ...plain, ...said, weight: WEIGHTS[trust] };
  const isWithin = countAct(guard, network, standing, isPage);
  // The first network a page's visitor comes from names them, so that neither many people there nor the same person
  // elsewhere are several supporters.
  if (isPage && standing.label === 0) standing.label = labelOf(`network ${network}`);
  return {
    ...plain,
    ...said,
    isHeard: isWithin && (!isPage || !standing.isOfCrowd || standing.hasReturned),
    weight: WEIGHTS[trust],
    label: isPage ? standing.label : plain.label,
  };
}

function countAct(guard: Guard, label: number, standing: Standing, isPage: boolean): boolean {
  let network = guard.networks.get(label);
  if (!network) {
    network = { newcomers: 0, acts: 0 };
    if (guard.networks.size >= NETWORKS_MAX)
      for (const first of guard.networks.keys()) if (guard.networks.delete(first)) break;
    guard.networks.set(label, network);
  }
  if (isPage && standing.network !== label) {
    standing.network = label;
    network.newcomers += 1;
    standing.isOfCrowd = network.newcomers > NEWCOMERS_MAX;
  }
  network.acts += 1;
  return network.acts <= ACTS_MAX;
}

/** Ways in which two items are tied: each is said once a day. */
const TIES = { visit: 0x27d4eb2f, basket: 0x165667b1, tradeUp: 0x9e3779b1 } as const;

/**
 * Whether a word ties two items (or visits one, twice the same) for the first time that day, for its person and for its
 * network: each counts once.
 */
export function isNewTie(
  guard: Guard | undefined,
  word: Word,
  how: keyof typeof TIES,
  one: number,
  other: number,
): boolean {
  if (!guard) return true;
  const [first, last] = one < other ? [one, other] : [other, one];
  const tie = TIES[how] ^ Math.imul(first + 1, 0x85ebca6b) ^ Math.imul(last + 1, 0xc2b2ae35);
  if (!isFirst(guard.said, word.day, mixed(word.person ^ tie))) return false;
  return word.network === 0 || isFirst(guard.said, word.day, mixed(~word.network ^ tie));
}

/** MurmurHash3's finish: every bit of the answer depends on every bit given. */
function mixed(bits: number): number {
  let hash = bits ^ (bits >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Counts a visit against the item's pace, if it has one. */
export function countPaced(guard: Guard | undefined, word: Word, item: number): void {
  if (guard && word.isPaced) keepsPace(guard.visits, item, word.day);
}

/** Whether pages have visited an item more often today than counts. */
export const isOverPace = (guard: Guard | undefined, word: Word, item: number): boolean =>
  guard !== undefined && word.isPaced && isSpent(guard.visits, item);

/** After items were forgotten and the rest has new numbers: what was said of the old ones says nothing of those. */
export function renumberGuard(guard: Guard, kept: readonly number[]): void {
  clearDaySet(guard.said);
  guard.visits = keepPaces(guard.visits, kept);
  guard.baskets = keepPaces(guard.baskets, kept);
}
