import type { Purchases } from "../value/purchases.ts";
import type { Scorer } from "./accumulator.ts";

/**
 * Why customer equity changed through one customer. `acquired`: a first order. `grown`: worth more than before. `returned`:
 * worth more, by an order after a long silence. `shrunk`: worth less, as after a return. `left`: erased, or joined into
 * another customer.
 */
export const FLOW_KINDS = ["acquired", "grown", "returned", "shrunk", "left"] as const;
export type FlowKind = (typeof FLOW_KINDS)[number];

export type Flow = {
  readonly kind: FlowKind;
  readonly currency: string;
  /** Signed: below 0 for what was lost. */
  readonly minor: number;
  /** 0 where the same customer was counted that day already. */
  readonly people: 0 | 1;
};

/** The flows of a day in one currency, added up. */
export type DayFlows = Readonly<Record<FlowKind, { readonly minor: number; readonly people: number }>>;

/** Silence after which an order is a return. */
const SILENCE_DAYS = 180;

/**
 * What one change of a card does to customer equity. Both states are valued at the same moment, so that only what the
 * customer did counts, not time. Nothing where there is no score. Of somebody whose currency changed, what they were worth in
 * the old one has shrunk, and what they are worth in the new one has grown.
 * @param isCounted whether another change of the same card was counted on this day
 */
export function flowOf(
  before: Purchases | undefined,
  after: Purchases | undefined,
  score: Scorer,
  isCounted = false,
): Flow[] {
  const [was, is] = [before, after].map((purchases) =>
    purchases && purchases.orders > 0 ? (score(purchases).clvMinor ?? undefined) : undefined,
  );
  const flow = (kind: FlowKind, currency: string, minor: number): Flow[] =>
    minor === 0 ? [] : [{ kind, currency, minor, people: isCounted ? 0 : 1 }];
  if (!before || before.orders === 0)
    return after && is !== undefined ? flow("acquired", after.currency, is) : [];
  if (!after || after.orders === 0) return was === undefined ? [] : flow("left", before.currency, -was);
  if (before.currency !== after.currency)
    return [...flow("shrunk", before.currency, -(was ?? 0)), ...flow("grown", after.currency, is ?? 0)];
  if (was === undefined || is === undefined) return [];
  const isReturn = after.lastDay - before.lastDay >= SILENCE_DAYS;
  return flow(is < was ? "shrunk" : isReturn ? "returned" : "grown", after.currency, is - was);
}

const NOTHING = { minor: 0, people: 0 };
export const NO_FLOWS: DayFlows = {
  acquired: NOTHING,
  grown: NOTHING,
  returned: NOTHING,
  shrunk: NOTHING,
  left: NOTHING,
};

/** Adds flows to a day's, by currency. The days given are not changed. */
export function addFlows(
  day: Readonly<Record<string, DayFlows>>,
  flows: readonly Flow[],
): Readonly<Record<string, DayFlows>> {
  const sums: Record<string, DayFlows> = { ...day };
  for (const { kind, currency, minor, people } of flows) {
    const known = sums[currency] ?? NO_FLOWS;
    const { minor: sum, people: count } = known[kind];
    sums[currency] = { ...known, [kind]: { minor: sum + minor, people: count + people } };
  }
  return sums;
}
