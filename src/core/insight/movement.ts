import type { Money } from "../primitives/money.ts";
import { FLOW_KINDS, type DayFlows, type FlowKind } from "./flow.ts";
import { PEOPLE_MIN, WITHHELD, withheldCells, withheldGrid, type Withheld } from "./withhold.ts";

/** A day of the ledger in one currency. */
export type EquityDay = {
  /** UTC day number. */
  readonly day: number;
  /** Customer equity at the end of the day; `null` where it was not added up: the next one that was tells of both days. */
  readonly closingMinor: number | null;
  readonly customers: number;
  /** What a new fit of the model changed in all scores at once. */
  readonly revaluedMinor: number;
  readonly flows: DayFlows;
};

/** How equity came from one day's end to another's. Opening and all parts add up to closing. */
export type MovementRow = {
  /** The day at whose end `closing` was. */
  readonly day: number;
  /** Days since `opening`. */
  readonly days: number;
  readonly opening: Money;
  readonly closing: Money;
  readonly revalued: Money | Withheld;
  /** What is left: customers who were expected and did not come, and the time that passed. Mostly below 0. */
  readonly faded: Money | Withheld;
} & Readonly<Record<FlowKind, Money | Withheld>>;

export type Movement = {
  readonly currency: string;
  readonly days: readonly (MovementRow | ({ readonly day: number } & Withheld))[];
  /** Over all days; `null` for fewer than two of them. */
  readonly total: MovementRow | Withheld | null;
};

const PARTS = [...FLOW_KINDS, "revalued", "faded"] as const;
type Cell = { minor: number; people: number };
type Step = { day: number; days: number; opening: number; closing: number; customers: number; cells: Cell[] };

/**
 * Customer equity day by day in one currency. The first day's end is where the movement begins. Parts of fewer than 5
 * customers are withheld, in every row and over all days.
 * @param days ascending
 */
export function movementOf(currency: string, days: readonly EquityDay[]): Movement {
  const steps = stepsOf(days);
  const withheld = withheldGrid(steps.map(({ cells }) => cells.map(({ people }) => people)));
  const rows = steps.map((step, i) => rowOf(step, withheld[i]!, currency));
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) return { currency, days: rows, total: null };
  const total: Step = {
    ...last,
    days: steps.reduce((sum, step) => sum + step.days, 0),
    opening: first.opening,
    customers: Math.min(...steps.map(({ customers }) => customers)),
    cells: PARTS.map((_, j) =>
      steps.reduce(
        (sum, { cells }) => ({ minor: sum.minor + cells[j]!.minor, people: sum.people + cells[j]!.people }),
        { minor: 0, people: 0 },
      ),
    ),
  };
  const isTotalWithheld = withheldCells(total.cells.map(({ people }) => people));
  const told = rowOf(total, isTotalWithheld, currency);
  return { currency, days: rows, total: "opening" in told ? told : WITHHELD };
}

function stepsOf(days: readonly EquityDay[]): Step[] {
  const steps: Step[] = [];
  let from: { day: number; closing: number } | undefined;
  let sums = PARTS.map((): Cell => ({ minor: 0, people: 0 }));
  for (const { day, closingMinor: closing, customers, revaluedMinor, flows } of days) {
    if (from !== undefined) {
      FLOW_KINDS.forEach((kind, i) => add(sums[i]!, flows[kind]));
      add(sums[FLOW_KINDS.length]!, {
        minor: revaluedMinor,
        people: revaluedMinor === 0 ? 0 : customers,
      });
    }
    if (closing === null) continue;
    if (from !== undefined) {
      const explained = sums.reduce((sum, { minor }) => sum + minor, from.closing);
      add(sums.at(-1)!, { minor: closing - explained, people: customers });
      steps.push({ day, days: day - from.day, opening: from.closing, closing, customers, cells: sums });
    }
    from = { day, closing };
    sums = PARTS.map((): Cell => ({ minor: 0, people: 0 }));
  }
  return steps;
}

function add(sum: Cell, { minor, people }: Readonly<Cell>): void {
  sum.minor += minor;
  sum.people += people;
}

function rowOf(
  { day, days, opening, closing, customers, cells }: Step,
  isWithheld: readonly boolean[],
  currency: string,
): MovementRow | ({ day: number } & Withheld) {
  if (customers < PEOPLE_MIN) return { day, ...WITHHELD };
  const money = (minor: number): Money => ({ minor: Math.round(minor), currency });
  const parts = PARTS.map((part, i) => [part, isWithheld[i] ? WITHHELD : money(cells[i]!.minor)]);
  return {
    day,
    days,
    opening: money(opening),
    closing: money(closing),
    ...(Object.fromEntries(parts) as Record<(typeof PARTS)[number], Money | Withheld>),
  };
}
