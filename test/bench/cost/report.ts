import type { Cost } from "./measure.ts";
import { TURN_MS } from "./measure.ts";
import { billOf, dollarsByUnit, dollarsOf, peerBills, PRICES } from "./prices.ts";
import { monthOf, SHOPS } from "./shops.ts";
import { times, type Usage } from "./usage.ts";
import { EVENTS_PER_VISIT, VISIT } from "./visit.ts";

/** What was measured, by name: what it cost, and of how many. */
export type Measured = Readonly<Record<string, { readonly cost: Cost; readonly count: number }>>;
/** The names that tables and targets speak of. */
export const NAMES = {
  forNobody: "decide, no consent",
  decide: "decide",
  decideQuiet: "decide, quiet shop",
  decideWithEvent: "decide with an event",
  one: "events, batch 1",
  twenty: "events, batch 20",
  twentyQuiet: "events, batch 20, quiet shop",
  visit: "visit, busy shop",
  visitQuiet: "visit, quiet shop",
} as const;

const TURNS_SHOWN = 9;
const usd = (value: number) => (value < 10 ? value.toFixed(3) : value.toFixed(0));

const perMillion = (measured: Measured, name: string, part: "ingest" | "total"): Usage => {
  const { cost, count } = measured[name]!;
  return times(cost[part], 1e6 / count);
};

/** For a million of each operation, at ingest and with all that follows, by what is billed. */
export function printOperations(measured: Measured): void {
  const rows: Record<string, object> = {};
  for (const name of Object.keys(measured)) {
    const total = perMillion(measured, name, "total");
    const part = dollarsByUnit(total);
    rows[name] = {
      "$ at ingest": usd(dollarsOf(perMillion(measured, name, "ingest"))),
      "$ in all": usd(dollarsOf(total)),
      requests: usd(part.workerRequests),
      "object requests": usd(part.objectRequests),
      "rows written": usd(part.rowsWritten),
      "object time": usd(part.gigabyteSeconds),
      "CPU, rows read": usd(part.cpuMs + part.rowsRead),
    };
  }
  console.log(
    `\nDollars for a million (list prices of ${PRICES.asOf}, beyond every allowance; a turn of an object counts ${TURN_MS} ms at least)`,
  );
  console.table(rows);
}

/** Which turns of which objects cost most. */
export function printTurns(measured: Measured): void {
  for (const name of [NAMES.twenty, NAMES.visit]) {
    if (!measured[name]) continue;
    const { cost, count } = measured[name];
    const dearest = Object.entries(cost.turns)
      .map(([turn, usage]) => ({ turn, usage: times(usage, 1e6 / count) }))
      .sort((a, b) => dollarsOf(b.usage) - dollarsOf(a.usage))
      .slice(0, TURNS_SHOWN);
    console.log(`\nWhat costs most of "${name}": dollars for a million, the rest for one`);
    console.table(
      Object.fromEntries(
        dearest.map(({ turn, usage }) => [
          turn,
          {
            $: usd(dollarsOf(usage)),
            "object requests": (usage.objectRequests / 1e6).toFixed(3),
            "rows and alarms": (usage.rowsWritten / 1e6).toFixed(3),
            "object seconds": (usage.gigabyteSeconds / 1e6 / PRICES.cloudflare.objectGigabytes).toFixed(3),
          },
        ]),
      ),
    );
  }
}

/** A month of three shops beside what peers ask. Returns the same for the line of JSON. */
export function printShops(measured: Measured, bytesPerCustomer: number): readonly object[] {
  console.log(
    `\nThree shops, a month. A visit: ${VISIT.pages} pages, ${VISIT.pages} decisions of ${VISIT.slotsPerPage} slots, ${EVENTS_PER_VISIT.toFixed(1)} events in ${2 * VISIT.pages} requests; everybody consents.`,
  );
  const shops = SHOPS.map((shop) => {
    const name = shop.isBusy || !measured[NAMES.visitQuiet] ? NAMES.visit : NAMES.visitQuiet;
    const visit = times(measured[name]!.cost.total, 1 / measured[name]!.count);
    const month = monthOf(shop, visit, bytesPerCustomer);
    const peers = peerBills({ requests: month.slots, visitors: month.visitors });
    return { shop: shop.name, measuredAs: name, month, bill: billOf(month.usage, month.gigabytes), peers };
  });
  const lines: Record<string, Record<string, string>> = {};
  for (const { shop, month, bill, peers } of shops) {
    const part = dollarsByUnit(month.usage);
    const put = (line: string, value: string) => ((lines[line] ??= {})[shop] = value);
    put("Concierge, all of it: $ a month", usd(bill));
    put("  … without the plan's allowances", usd(dollarsOf(month.usage) + month.storageUsd));
    put("  … requests to the Worker", usd(part.workerRequests));
    put("  … requests to objects", usd(part.objectRequests));
    put("  … objects' time", usd(part.gigabyteSeconds));
    put("  … rows written, alarms", usd(part.rowsWritten));
    put("  … rows read", usd(part.rowsRead));
    put("  … CPU", usd(part.cpuMs));
    put("  … storage", usd(month.storageUsd));
    put("  customers kept", String(month.customers));
    for (const { name, usd: price, trust } of peers)
      put(name, price === undefined ? "no price known" : `${usd(price)} (${trust})`);
  }
  console.table(lines);
  return shops;
}

const verdict = (what: string, value: number, target: number) => ({
  what,
  "$ a million": usd(value),
  target: `≤ ${target}`,
  verdict: value <= target ? "met" : "missed",
});

/** The targets. */
export function printVerdicts(measured: Measured): readonly object[] {
  const of = (name: string, part: "ingest" | "total") => dollarsOf(perMillion(measured, name, part));
  const verdicts = [
    verdict("decide without events", of(NAMES.decide, "total"), 0.55),
    verdict("events at batch 20, at ingest", of(NAMES.twenty, "ingest"), 0.2),
    verdict("events at batch 20, end to end", of(NAMES.twenty, "total"), 0.6),
  ];
  console.table(verdicts);
  return verdicts;
}

/** What each operation costs for a million, for the line of JSON. */
export const summaryOf = (measured: Measured): object =>
  Object.fromEntries(
    Object.keys(measured).map((name) => [
      name,
      {
        ingestUsd: dollarsOf(perMillion(measured, name, "ingest")),
        usd: dollarsOf(perMillion(measured, name, "total")),
        usage: perMillion(measured, name, "total"),
      },
    ]),
  );
