import { numberName, reversed, summed, type Delta } from "../profile/delta.ts";
import { report } from "./credit.ts";
import type { Whole } from "./customer.ts";
import { changes, creditsOf } from "./experiment-credit.ts";
import { noEffects, type LogRow } from "./log-row.ts";

/** Everything this customer ever added to the site's numbers, and the visitors they were found to be. */
export function contributions(customer: Whole, rows: Iterable<LogRow>): Delta[] {
  const bygone = [customer.bygone, ...customer.joined.map((one) => new Map(one.bygone))];
  const all = bygone.flatMap((one) => [...one].map(([name, by]) => deltaOf(name, by)));
  for (const row of rows) all.push(...row.deltas);
  return summed(all);
}

/** What takes all of it back. With it the numbers are a recount without them. */
export const withdrawal = (customer: Whole, rows: Iterable<LogRow>): Delta[] =>
  reversed(contributions(customer, rows));

/**
 * The differences that bring what these rows reported of orders and experiments to what the customer counts now. Needed
 * where rows have changed hands, and the last report is not the whole story any more.
 */
export function reconcile(customer: Whole, rows: Iterable<LogRow>): Delta[] {
  const target = noEffects();
  for (const { counted } of customer.orders.values()) if (counted) report(counted, 1, target);
  customer.credits = creditsOf(customer);
  for (const [experiment, credit] of customer.credits)
    target.deltas.push(...changes(experiment, undefined, credit));
  const reported = contributions(customer, rows).filter(isOfOrders);
  return summed([...target.deltas, ...reversed(reported)]);
}

const ORDER_METRICS = new Set(["orders", "revenue", "refunded"]);
const isOfOrders = ({ family, metric }: Delta): boolean =>
  family === "experiment" || (family === "daily" && ORDER_METRICS.has(metric));

/** Remembers what a row contributed, before retention takes the row: with whoever reported it. */
export function rememberContribution(customer: Whole, row: LogRow): void {
  const joined = customer.joined.find((one) => one.source === row.via);
  const bygone = joined ? new Map(joined.bygone) : customer.bygone;
  for (const delta of summed(row.deltas)) {
    const name = numberName(delta);
    bygone.set(name, (bygone.get(name) ?? 0) + delta.by);
  }
  if (joined) joined.bygone = [...bygone];
}

/**
 * Of sums that rows contributed before retention took them, those that hold wherever the person is: what orders and
 * experiments count follows from the orders and exposures themselves.
 * @param sums by name of the number: see `numberName`. Names that are none are passed over
 */
export const adoptable = (sums: readonly (readonly [name: string, by: number])[]): Delta[] =>
  sums.flatMap(([name, by]) => {
    if (!/^\["(daily|slot|quality)"(,"[^"\\]*"){3}\]$/.test(name)) return [];
    const delta = deltaOf(name, by);
    return isOfOrders(delta) ? [] : [delta];
  });

function deltaOf(name: string, by: number): Delta {
  const [family, of, part, metric] = JSON.parse(name) as [Delta["family"], string, string, string];
  return { family, name: of, part, metric, by };
}
