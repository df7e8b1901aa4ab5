import { DAY_MS, type EpochMs } from "../primitives/time.ts";
import { countCells, type CellCount } from "./model/cells.ts";
import type { SpendCell } from "./model/spend.ts";
import type { Purchases } from "./purchases.ts";
import { rfmFigures, type RfmFigures } from "./rfm.ts";

/** Customers gathered before others have their turn: about a millisecond where each is read from storage. */
const SLICE = 50;
/** Repeat customers that the value of an order is fitted from; more change nothing that is ever read. */
const SPENDERS_MAX = 20_000;

/** What customers of one currency brought. */
type MoneySums = {
  customers: number;
  orderDays: number;
  valueMinor: number;
  costedMinor: number;
  marginMinor: number;
  /** What each brought, and an order day of theirs on average. */
  readonly valueMinors: number[];
  readonly meanMinors: number[];
  /** Repeats and mean value of a repeat day. */
  readonly spenders: SpendCell[];
};

/** What is known of all customers together. */
export type Gathered = {
  readonly counter: CellCount;
  readonly people: number;
  readonly repeaters: number;
  /** Customers by days since the last order, and by number of orders. */
  readonly recencyDays: ReadonlyMap<number, number>;
  readonly orders: ReadonlyMap<number, number>;
  /** That of most customers, and what these brought. */
  readonly currency: string | undefined;
  readonly money: MoneySums;
};

const noMoney = (): MoneySums => ({
  customers: 0,
  orderDays: 0,
  valueMinor: 0,
  costedMinor: 0,
  marginMinor: 0,
  valueMinors: [],
  meanMinors: [],
  spenders: [],
});

/** Goes over all customers once, in slices, and keeps what the fits and the cut points ask for. */
export function* gatherCustomers(customers: Iterable<Purchases>, now: EpochMs): Generator<void, Gathered> {
  const today = Math.floor(now / DAY_MS);
  const counter = countCells();
  const [recencyDays, orders] = [new Map<number, number>(), new Map<number, number>()];
  const byCurrency = new Map<string, MoneySums>();
  let repeaters = 0;
  let people = 0;
  for (const one of customers) {
    if (++people % SLICE === 0) yield;
    const { firstDay, lastDay, repeats, currency } = one;
    counter.add({ x: repeats, tx: lastDay - firstDay, T: Math.max(today, lastDay) - firstDay });
    if (repeats > 0) repeaters++;
    const figures = rfmFigures(one, now);
    recencyDays.set(figures.recencyDays, (recencyDays.get(figures.recencyDays) ?? 0) + 1);
    orders.set(figures.orders, (orders.get(figures.orders) ?? 0) + 1);
    const sums = byCurrency.get(currency) ?? noMoney();
    byCurrency.set(currency, sums);
    addMoney(sums, one, figures);
  }
  const [main] = [...byCurrency].sort(([a, x], [b, y]) => y.customers - x.customers || (a < b ? -1 : 1));
  return {
    counter,
    people,
    repeaters,
    recencyDays,
    orders,
    currency: main?.[0],
    money: main?.[1] ?? noMoney(),
  };
}

function addMoney(sums: MoneySums, one: Purchases, { valueMinor, meanMinor }: RfmFigures): void {
  const { repeats, repeatMinor } = one;
  sums.customers++;
  sums.orderDays += repeats + 1;
  sums.valueMinor += valueMinor;
  sums.costedMinor += one.costedMinor;
  sums.marginMinor += one.marginMinor;
  sums.valueMinors.push(valueMinor);
  sums.meanMinors.push(meanMinor);
  if (repeats > 0 && repeatMinor > 0 && sums.spenders.length < SPENDERS_MAX)
    sums.spenders.push({ x: repeats, mean: repeatMinor / repeats, n: 1 });
}
