import { DAY_MS, type EpochMs } from "../primitives/time.ts";
import { countCells, type CellCount } from "./model/cells.ts";
import { fitOrders, startOf } from "./model/fit-orders.ts";
import { fitSpend, type SpendCell } from "./model/spend.ts";
import type { Purchases } from "./purchases.ts";
import { rfmCuts, rfmFigures } from "./rfm.ts";
import type { ValueModel } from "./value-model.ts";

/** Fewer do not tell a shop's rhythm: with them the error of predicted orders is that of a guess. */
export const CUSTOMERS_MIN = 200;
export const REPEATERS_MIN = 50;

/** Customers gathered before others have their turn. */
const SLICE = 1_000;
/** Repeat customers that the value of an order is fitted from; more change nothing that is ever read. */
const SPENDERS_MAX = 20_000;

export type FitOptions = {
  readonly now: EpochMs;
  readonly version: number;
  /** The model so far: where the search begins. */
  readonly previous?: ValueModel | undefined;
};

/**
 * Fits a shop's value model from its customers' purchases, in slices. `undefined`: there are too few of them, or nobody ever
 * came back.
 */
export function* fitValue(
  customers: Iterable<Purchases>,
  { now, version, previous }: FitOptions,
): Generator<void, ValueModel | undefined> {
  const gathered = yield* gather(customers, now);
  const { counter, currency, columns, spenders, margin } = gathered;
  const people = gathered.people;
  if (people < CUSTOMERS_MIN || gathered.repeaters < REPEATERS_MIN || currency === undefined)
    return undefined;
  const cells = counter.cells();
  const start = previous?.orders.model === "pareto_nbd" ? startOf(previous.orders) : undefined;
  let outcome = yield* fitOrders("pareto_nbd", cells, start);
  // Where leaving cannot be told from buying rarely, the simpler model still can be fitted.
  if (!outcome.fitted || !outcome.fit.converged) outcome = yield* fitOrders("bg_nbd", cells);
  if (!outcome.fitted) return undefined;
  const { fit } = outcome;
  const gamma = yield* fitSpend(spenders);
  const spend = gamma.fitted && gamma.fit.params.q > 1 ? gamma.fit.params : undefined;
  return {
    version,
    fittedAt: now,
    customers: people,
    repeaters: gathered.repeaters,
    currency,
    orders: fit.params,
    covariance: fit.covariance ?? [],
    ...(spend ? { spend } : {}),
    meanValueMinor: gathered.orderDays === 0 ? 0 : gathered.valueMinor / gathered.orderDays,
    marginShare: margin.of > 0 ? margin.kept / margin.of : 1,
    rfm: rfmCuts({
      recencyDays: Float64Array.from(columns.recencyDays),
      orders: Float64Array.from(columns.orders),
      valueMinor: Float64Array.from(columns.valueMinor),
    }),
  };
}

type Gathered = {
  readonly counter: CellCount;
  readonly people: number;
  readonly currency: string | undefined;
  readonly repeaters: number;
  readonly orderDays: number;
  readonly valueMinor: number;
  readonly columns: Readonly<Record<"recencyDays" | "orders" | "valueMinor", number[]>>;
  /** Repeats and mean value of a repeat day. */
  readonly spenders: SpendCell[];
  readonly margin: { readonly of: number; readonly kept: number };
};

function* gather(customers: Iterable<Purchases>, now: EpochMs): Generator<void, Gathered> {
  const today = Math.floor(now / DAY_MS);
  const counter = countCells();
  const columns = { recencyDays: [] as number[], orders: [] as number[], valueMinor: [] as number[] };
  const money = new Map<string, { customers: number; spenders: SpendCell[] }>();
  const sums = new Map<string, { orderDays: number; valueMinor: number; of: number; kept: number }>();
  let repeaters = 0;
  let seen = 0;
  for (const one of customers) {
    if (++seen % SLICE === 0) yield;
    const { firstDay, lastDay, repeats, repeatMinor, firstMinor, currency } = one;
    counter.add({ x: repeats, tx: lastDay - firstDay, T: Math.max(today, lastDay) - firstDay });
    if (repeats > 0) repeaters++;
    const figures = rfmFigures(one, now);
    for (const name of ["recencyDays", "orders", "valueMinor"] as const) columns[name].push(figures[name]);
    const own = money.get(currency) ?? { customers: 0, spenders: [] };
    own.customers++;
    if (repeats > 0 && repeatMinor > 0 && own.spenders.length < SPENDERS_MAX)
      own.spenders.push({ x: repeats, mean: repeatMinor / repeats, n: 1 });
    money.set(currency, own);
    const sum = sums.get(currency) ?? { orderDays: 0, valueMinor: 0, of: 0, kept: 0 };
    sum.orderDays += repeats + 1;
    sum.valueMinor += firstMinor + repeatMinor;
    sum.of += one.costedMinor;
    sum.kept += one.marginMinor;
    sums.set(currency, sum);
  }
  const [main] = [...money].sort(([a, x], [b, y]) => y.customers - x.customers || (a < b ? -1 : 1));
  const sum = main && sums.get(main[0])!;
  return {
    counter,
    people: seen,
    currency: main?.[0],
    repeaters,
    orderDays: sum?.orderDays ?? 0,
    valueMinor: sum?.valueMinor ?? 0,
    columns,
    spenders: main?.[1].spenders ?? [],
    margin: { of: sum?.of ?? 0, kept: sum?.kept ?? 0 },
  };
}

const REFIT_MS = 30 * DAY_MS;
const TRY_AGAIN_MS = 10 * 60_000;
/** A shop that has grown by so much is another shop. */
const GROWTH = 1.5;

/**
 * Whether it is time to fit: there is no model yet and more customers than at the last try, it is a month old, or the shop
 * has grown by a half.
 * @param tried when it was tried last, and how many people there were
 */
export function isFitDue(
  model: ValueModel | undefined,
  tried: { readonly at: EpochMs; readonly cards: number } | undefined,
  cards: number,
  now: EpochMs,
): boolean {
  if (cards < CUSTOMERS_MIN) return false;
  if (!tried) return true;
  if (!model) return cards > tried.cards && (cards >= tried.cards * 1.05 || now - tried.at >= TRY_AGAIN_MS);
  return now - tried.at >= REFIT_MS || (cards >= model.customers * GROWTH && cards >= tried.cards * GROWTH);
}
