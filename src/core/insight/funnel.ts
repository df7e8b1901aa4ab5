import type { Funnel } from "../card/card.ts";
import { STAGES } from "../profile/journey.ts";
import { mayTell, WITHHELD, withheldCells, type Withheld } from "./withhold.ts";

export type FunnelStage =
  | ({ readonly stage: Stage } & Withheld)
  | {
      readonly stage: Stage;
      /** People with a visit that came so far, and such visits. */
      readonly people: number;
      readonly visits: number;
      /** Share of all visits that came so far. */
      readonly reachedShare: number;
      /** Of the visits that came to the stage told before this one, the share that did not come to this. */
      readonly lostShare: number | null;
    };

/** Customers among the best fifth, all other customers, and people who have not bought. */
export const FUNNEL_GROUPS = ["best_fifth", "others", "not_yet"] as const;
export type FunnelGroup = (typeof FUNNEL_GROUPS)[number];

/** How far visits came, by who made them; `all` is the three together. */
export type Funnels = Readonly<Record<FunnelGroup | "all", readonly FunnelStage[]>>;

type Stage = (typeof STAGES)[number];
type Sums = {
  readonly visits: number[];
  readonly people: number[];
  /** People with fewer visits at the second stage than at the first: `lost[first][second]`. */
  readonly lost: number[][];
};
export type Visits = Readonly<Record<FunnelGroup | "all", Sums>>;

const newSums = (): Sums => ({
  visits: STAGES.map(() => 0),
  people: STAGES.map(() => 0),
  lost: STAGES.map(() => STAGES.map(() => 0)),
});

export const newVisits = (): Visits => ({
  best_fifth: newSums(),
  others: newSums(),
  not_yet: newSums(),
  all: newSums(),
});

/** Counts one person's visits. */
export function addVisits(visits: Visits, group: FunnelGroup, funnel: Funnel): void {
  for (const sums of [visits[group], visits.all])
    funnel.forEach((count, at) => {
      sums.visits[at]! += count;
      if (count > 0) sums.people[at]!++;
      for (let from = 0; from < at; from++) if (funnel[from]! > count) sums.lost[from]![at]!++;
    });
}

/**
 * The funnel of every group. A stage is withheld where few came so far, or where few are all that makes it differ from the
 * stage told before, or where another group would be what is left of all.
 */
export function funnelsOf(visits: Visits): Funnels {
  const own = new Map([...FUNNEL_GROUPS, "all" as const].map((group) => [group, fewAt(visits[group])]));
  STAGES.forEach((_, at) => {
    const withheld = withheldCells(
      FUNNEL_GROUPS.map((group) => visits[group].people[at]!),
      FUNNEL_GROUPS.map((group) => own.get(group)![at]!),
    );
    withheld.forEach((is, i) => (own.get(FUNNEL_GROUPS[i]!)![at] = is));
  });
  const stagesOf = (group: FunnelGroup | "all") => told(visits[group], own.get(group)!);
  return {
    best_fifth: stagesOf("best_fifth"),
    others: stagesOf("others"),
    not_yet: stagesOf("not_yet"),
    all: stagesOf("all"),
  };
}

function fewAt({ people, lost }: Sums): boolean[] {
  let last: number | undefined;
  return people.map((count, at) => {
    const gone = last === undefined ? 0 : lost[last]![at]!;
    const isFew = count === 0 ? !mayTell(people[0]!) : !mayTell(count) || (gone > 0 && !mayTell(gone));
    if (!isFew) last = at;
    return isFew;
  });
}

function told({ people, visits }: Sums, withheld: readonly boolean[]): FunnelStage[] {
  let before: number | undefined;
  return STAGES.map((stage, at) => {
    if (withheld[at]) return { stage, ...WITHHELD };
    const from = before;
    before = visits[at]!;
    return {
      stage,
      people: people[at]!,
      visits: visits[at]!,
      reachedShare: visits[0]! > 0 ? visits[at]! / visits[0]! : 0,
      lostShare: from === undefined || from === 0 ? null : 1 - visits[at]! / from,
    };
  });
}
