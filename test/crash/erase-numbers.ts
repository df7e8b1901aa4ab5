import type { EraseReport } from "./erase-report.ts";
import { readCustomers, readLedger } from "./storage.ts";

/** What a stopped server's files add up to. */
export type Numbers = {
  /** The site's tallies, without those that are nought. */
  readonly tallies: ReadonlyMap<string, bigint>;
  /** How much is stored about people in objects of their own. */
  readonly rows: string;
  /** The names under which shared logs know people. */
  readonly labels: ReadonlySet<string>;
};

export function numbersOf(dataDir: string): Numbers {
  const files = [...readCustomers(dataDir)];
  const rows = files.reduce((sum, file) => sum + file.rows.length, 0);
  return {
    tallies: new Map([...readLedger(dataDir).tallies].filter(([, value]) => value !== 0n)),
    rows: `${files.length} records, ${rows} log rows`,
    labels: new Set(files.map(({ source }) => source)),
  };
}

/** Everything has to be as it was before the erased ever came. */
export function compareNumbers(before: Numbers, after: Numbers, when: string, report: EraseReport): void {
  for (const name of new Set([...before.tallies.keys(), ...after.tallies.keys()])) {
    const [was, is] = [before.tallies.get(name) ?? 0n, after.tallies.get(name) ?? 0n];
    if (was !== is) report.find(`the number ${name} is ${is}, and without the erased ${was}`, when);
  }
  if (before.rows !== after.rows) report.find(`${after.rows}, and before they came ${before.rows}`, when);
  report.facts["numbers compared with those before"] = before.tallies.size;
  report.facts["customers' records and log rows"] = after.rows;
}
