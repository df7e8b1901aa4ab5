import { CARD_ANALYTICS } from "../card/card.ts";
import type { Money } from "../primitives/money.ts";
import { entryOf, isCustomer, netOf, type Accumulator, type Customer, type Worth } from "./accumulator.ts";
import { Overlaps } from "./overlaps.ts";
import { isWithheld, mayTell, WITHHELD, withheldSets, type Withheld } from "./withhold.ts";

/** How a group of people buys. */
export type GroupFigures = {
  /** People who allow analytics: those of whom segments are known. */
  readonly people: number;
  readonly customers: number | Withheld;
  /** Order days a customer has in a year, after the first one; `null` before there are years to speak of. */
  readonly ordersPerYear: number | Withheld | null;
  /** Share of customers who ordered on a second day. */
  readonly returnedShare: number | Withheld | null;
  readonly value: readonly GroupValue[];
};

export type GroupValue =
  | ({ readonly currency: string } & Withheld)
  | {
      readonly currency: string;
      readonly customers: number;
      readonly revenue: Money;
      readonly revenuePerCustomer: Money;
      readonly clv: Money | null;
      readonly clvPerCustomer: Money | null;
    };

export type SegmentSize =
  | ({ readonly segment: string } & Withheld)
  | ({ readonly segment: string; readonly share: number } & GroupFigures);

export type SegmentOverlap = {
  readonly a: string;
  readonly b: string;
  readonly people: number;
  readonly shareOfA: number;
  readonly shareOfB: number;
};

export type SegmentSizes = {
  readonly all: GroupFigures | Withheld;
  readonly segments: readonly SegmentSize[];
  /** The pairs that have most in common: people in both, of people in either; at most 20. */
  readonly overlaps: readonly SegmentOverlap[];
};

type Sums = { customers: number; revenueMinor: number; scored: number; clvMinor: number };
type Group = {
  people: number;
  customers: number;
  returned: number;
  repeats: number;
  days: number;
  readonly byCurrency: Map<string, Sums>;
};

const OVERLAPS_MAX = 20;

const newGroup = (): Group => ({
  people: 0,
  customers: 0,
  returned: 0,
  repeats: 0,
  days: 0,
  byCurrency: new Map(),
});

/**
 * Sizes and values of segments, what they have in common, and all people to compare them with.
 * @param segments ids of all segments there are: those without people are told too, like those with few
 * @param today UTC day number
 */
export function gatherSegments(segments: readonly string[], today: number): Accumulator<SegmentSizes> {
  const all = newGroup();
  const groups: Group[] = [];
  const overlaps = new Overlaps();
  const known = new Set(segments);
  return {
    add(card, worth) {
      if ((card.may & CARD_ANALYTICS) === 0) return;
      const ids = overlaps.add(card.segments.filter((id) => known.has(id)));
      const mine = [all, ...ids.map((id) => (groups[id] ??= newGroup()))];
      for (const group of mine) {
        group.people++;
        if (isCustomer(card)) count(group, card, worth, today);
      }
    },
    finish() {
      const withheld = withheldSets(overlaps.sizes, overlaps.shared, all.people);
      const place = new Map(overlaps.names.map((name, i) => [name, i]));
      return {
        all: mayTell(all.people) ? figuresOf(all, undefined) : WITHHELD,
        segments: segments.map((segment): SegmentSize => {
          const i = place.get(segment);
          if (i === undefined || withheld[i]) return { segment, ...WITHHELD };
          const group = groups[i]!;
          return { segment, share: group.people / all.people, ...figuresOf(group, all) };
        }),
        overlaps: topOverlaps(overlaps, withheld, all.people),
      };
    },
  };
}

function count(group: Group, { purchases }: Customer, worth: Worth | undefined, today: number): void {
  group.customers++;
  group.repeats += purchases.repeats;
  group.days += Math.max(0, today - purchases.firstDay);
  if (purchases.repeats > 0) group.returned++;
  const sums = entryOf(group.byCurrency, purchases.currency, () => ({
    customers: 0,
    revenueMinor: 0,
    scored: 0,
    clvMinor: 0,
  }));
  sums.customers++;
  sums.revenueMinor += netOf(purchases);
  if (typeof worth?.clvMinor !== "number") return;
  sums.scored++;
  sums.clvMinor += worth.clvMinor;
}

/** @param of the larger group whose figures are told beside */
function figuresOf(group: Group, of: Group | undefined): GroupFigures {
  const { people, customers, returned, repeats, days } = group;
  const isTold = mayTell(customers, of?.customers);
  const value = [...group.byCurrency]
    .sort(([a, x], [b, y]) => y.customers - x.customers || (a < b ? -1 : 1))
    .map(([currency, sums]) =>
      isTold && mayTell(sums.customers, of?.byCurrency.get(currency)?.customers)
        ? valueOf(currency, sums)
        : { currency, ...WITHHELD },
    );
  const told = <T>(figure: T, is: boolean): T | Withheld => (isTold && is ? figure : WITHHELD);
  return {
    people,
    // Less the customers of the currencies that are told it would count the others.
    customers: told(customers, !value.some(isWithheld)),
    ordersPerYear: told(days > 0 ? (365 * repeats) / days : null, true),
    returnedShare: told(returned / customers, isShareTold(group, of)),
    value,
  };
}

/** Neither those who came back nor those who did not are few, in the group and in what the larger one has beside it. */
function isShareTold(group: Group, of: Group | undefined): boolean {
  const notReturned = group.customers - group.returned;
  const cells = [group.returned, notReturned];
  if (of) cells.push(of.returned - group.returned, of.customers - of.returned - notReturned);
  return cells.every((people) => people === 0 || mayTell(people));
}

function valueOf(currency: string, { customers, revenueMinor, scored, clvMinor }: Sums): GroupValue {
  const money = (minor: number): Money => ({ minor: Math.round(minor), currency });
  return {
    currency,
    customers,
    revenue: money(revenueMinor),
    revenuePerCustomer: money(revenueMinor / customers),
    clv: scored > 0 ? money(clvMinor) : null,
    clvPerCustomer: scored > 0 ? money(clvMinor / scored) : null,
  };
}

/** Two segments part people into four groups; an overlap is told where none of the four is few. */
function topOverlaps(overlaps: Overlaps, withheld: readonly boolean[], all: number): SegmentOverlap[] {
  const { names, sizes } = overlaps;
  const top: { a: number; b: number; people: number; alike: number }[] = [];
  for (let b = 0; b < names.length; b++) {
    for (let a = 0; a < b && !withheld[b]; a++) {
      const people = overlaps.shared(a, b);
      const either = sizes[a]! + sizes[b]! - people;
      const alike = people / either;
      const isFull = top.length === OVERLAPS_MAX;
      if (withheld[a] || (isFull && alike <= top.at(-1)!.alike)) continue;
      if (!mayTell(people, sizes[a]) || !mayTell(people, sizes[b]) || !mayTell(either, all)) continue;
      if (isFull) top.pop();
      top.push({ a, b, people, alike });
      top.sort((x, y) => y.alike - x.alike);
    }
  }
  return top.map(({ a, b, people }) => ({
    a: names[a]!,
    b: names[b]!,
    people,
    shareOfA: people / sizes[a]!,
    shareOfB: people / sizes[b]!,
  }));
}
