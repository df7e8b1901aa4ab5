import { numberName, reversed, summed, type Delta } from "../profile/delta.ts";
import type { Whole } from "./customer.ts";
import type { LogRow } from "./log-row.ts";

/** Everything this customer ever added to the site's numbers, taken back. With it the numbers are a recount without them. */
export function withdrawal(customer: Whole, rows: Iterable<LogRow>): Delta[] {
  const all: Delta[] = [...customer.bygone].map(([name, by]) => deltaOf(name, by));
  for (const row of rows) all.push(...row.deltas);
  return reversed(all);
}

/** Remembers what a row contributed, before retention takes the row. */
export function rememberContribution(customer: Whole, row: LogRow): void {
  for (const delta of summed(row.deltas)) {
    const name = numberName(delta);
    customer.bygone.set(name, (customer.bygone.get(name) ?? 0) + delta.by);
  }
}

function deltaOf(name: string, by: number): Delta {
  const [family, of, part, metric] = JSON.parse(name) as [Delta["family"], string, string, string];
  return { family, name: of, part, metric, by };
}
