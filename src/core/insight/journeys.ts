import { STAGES } from "../profile/journey.ts";
import { entryOf, isCustomer, type Accumulator } from "./accumulator.ts";
import { foldSmall } from "./fold-small.ts";
import { addVisits, funnelsOf, newVisits, type FunnelGroup, type Funnels } from "./funnel.ts";
import type { Ranks } from "./ranks.ts";
import { PEOPLE_MIN, WITHHELD, withheldCells, withheldShares, type Withheld } from "./withhold.ts";

export type PathRow =
  | Withheld
  | {
      /** Kinds of steps of the visit that led to the latest order; `null`: all paths beyond the most common ones. */
      readonly steps: readonly string[] | null;
      readonly customers: number;
      /** Share of all customers whose path is known. */
      readonly share: number;
      /** Share of them who are among the best fifth. */
      readonly bestFifthShare: number | Withheld;
    };

export type Journeys = {
  /** Customers whose path is known. */
  readonly customers: number | Withheld;
  readonly paths: readonly PathRow[];
  /** Stages of a visit, in order. */
  readonly stages: typeof STAGES;
  readonly funnels: Funnels;
};

const BEST_SHARE = 0.2;
/** Distinct paths that are kept apart; further ones are counted among the others. */
const PATHS_MAX = 50_000;
const REST = "";
/** No step's name has it. */
const SEPARATOR = "\n";

type Sums = { customers: number; best: number };

/** How people come to an order, and where they turn back. @param ranks from a first pass over the same cards */
export function gatherJourneys(ranks: Ranks): Accumulator<Journeys> {
  const paths = new Map<string, Sums>();
  const visits = newVisits();
  return {
    add(card, worth) {
      const group: FunnelGroup = !isCustomer(card)
        ? "not_yet"
        : ranks.isBest(card.purchases, worth, BEST_SHARE)
          ? "best_fifth"
          : "others";
      if (card.funnel) addVisits(visits, group, card.funnel);
      if (group === "not_yet" || card.path === undefined) return;
      const path = card.path.join(SEPARATOR);
      const key = paths.has(path) || paths.size < PATHS_MAX ? path : REST;
      const sums = entryOf(paths, key, () => ({ customers: 0, best: 0 }));
      sums.customers++;
      if (group === "best_fifth") sums.best++;
    },
    finish() {
      const all = [...paths.values()].reduce((sum, { customers }) => sum + customers, 0);
      const isTold = all >= PEOPLE_MIN;
      return {
        customers: isTold ? all : WITHHELD,
        paths: isTold ? rowsOf(paths, all) : [],
        stages: STAGES,
        funnels: funnelsOf(visits),
      };
    },
  };
}

/** Paths of a few people are not named, for a path may tell who took it: they are told together. */
function rowsOf(paths: ReadonlyMap<string, Sums>, all: number): PathRow[] {
  const named = new Map<string, Sums>();
  const rest: Sums = { customers: 0, best: 0 };
  for (const [path, sums] of paths) {
    if (sums.customers >= PEOPLE_MIN && path !== REST) named.set(path, sums);
    else add(rest, sums);
  }
  const rows = foldSmall(named, ({ customers }) => customers, add).map(
    ([path, sums]): [path: string | null, sums: Sums] => [path === "other" ? null : path, sums],
  );
  const folded = rows.findIndex(([path]) => path === null);
  if (folded >= 0) add(rows[folded]![1], rest);
  else if (rest.customers > 0) rows.push([null, rest]);
  const withheld = withheldCells(rows.map(([, { customers }]) => customers));
  const noShare = withheldShares(
    rows.map(([, { customers: of, best: people }]) => ({ of, people })),
    withheld,
  );
  return rows.map(([path, { customers, best }], i) =>
    withheld[i]
      ? WITHHELD
      : {
          steps: path === null ? null : path.split(SEPARATOR),
          customers,
          share: customers / all,
          bestFifthShare: noShare[i] ? WITHHELD : best / customers,
        },
  );
}

function add(sums: Sums, more: Sums): Sums {
  sums.customers += more.customers;
  sums.best += more.best;
  return sums;
}
