import type { Numbers } from "./numbers.ts";
import type { Settled } from "./recount-orders.ts";
import type { CustomerFile, LoggedEvent } from "./stored.ts";

/**
 * What the site's numbers must be, worked out once more from what customers' objects hold: written from the documents and
 * not from the product, of which nothing is imported.
 */

const DAY_MS = 86_400_000;

/** What one object's events add to the site's numbers. */
export function countEvents(file: CustomerFile, into: Numbers): void {
  for (const { events } of file.rows)
    for (const event of events) {
      if ((event.may & 1) === 0) continue;
      const day = String(Math.floor(event.at / DAY_MS));
      into.add("daily", day, event.type, "events", 1);
      const claim = event["claim"] as { slot: string } | undefined;
      if (event.type === "slot_seen") into.add("slot", claim!.slot, day, "seen", 1);
      if (event.type === "slot_clicked") into.add("slot", claim!.slot, day, "clicks", 1);
    }
}

/** What an object's orders add: each to its day, and to every experiment the customer was in when they bought. */
export function countOrders(
  file: CustomerFile,
  ordersOf: ReadonlyMap<string, readonly Settled[]>,
  into: Numbers,
): void {
  const own = ordersOf.get(file.object) ?? [];
  for (const { at, currency, minor, refunded } of own) {
    const day = String(Math.floor(at / DAY_MS));
    into.add("daily", day, currency, "orders", 1);
    into.add("daily", day, currency, "revenue", minor);
    into.add("daily", day, currency, "refunded", refunded);
  }
  const counted = own.filter((order) => order.mayLearn);
  for (const [experiment, exposure] of exposuresOf(file)) {
    const { variation, at, windowMs } = exposure;
    const within = counted.filter((order) => order.at >= at && order.at <= at + windowMs);
    const earlier = counted.filter((order) => order.at < at && order.at >= at - 90 * DAY_MS);
    const values: Record<string, bigint> = {
      orders: BigInt(within.length),
      revenue: sumOf(within, (order) => order.minor - order.refunded),
      units: sumOf(within, (order) => order.units),
      refunded: sumOf(within, (order) => order.refunded),
      clicks: BigInt(clicksOf(file, experiment, exposure)),
      before: sumOf(earlier, (order) => order.minor - order.refunded),
    };
    const buyers = within.length > 0 ? 1n : 0n;
    const moments: Record<string, bigint> = {
      users: 1n,
      buyers,
      clickers: values["clicks"]! > 0n ? 1n : 0n,
      refunders: values["refunded"]! > 0n ? 1n : 0n,
      optOuts: file.denials.some((deniedAt) => deniedAt >= at) ? 1n : 0n,
      "orders*revenue": values["orders"]! * values["revenue"]!,
      "orders*units": values["orders"]! * values["units"]!,
      "before*revenue": values["before"]! * values["revenue"]!,
      "before*buyers": values["before"]! * buyers,
      "clickers*revenue": values["clicks"]! > 0n ? values["revenue"]! : 0n,
    };
    for (const [name, value] of Object.entries(values)) {
      moments[name] = value;
      moments[`${name}*${name}`] = value * value;
    }
    for (const [moment, value] of Object.entries(moments))
      into.add("experiment", experiment, variation, moment, value);
  }
}

const sumOf = (orders: readonly Settled[], of: (order: Settled) => number): bigint =>
  orders.reduce((sum, order) => sum + BigInt(of(order)), 0n);

/** Clicks on what an experiment's slots showed, by somebody who had seen that variation before. */
function clicksOf(file: CustomerFile, experiment: string, { variation, at, windowMs }: Exposure): number {
  return file.rows
    .flatMap((row) => row.events)
    .filter((event) => {
      if (event.type !== "slot_clicked" || (event.may & 1) === 0) return false;
      const { assignments } = event["claim"] as { assignments: [string, string, number][] };
      const isIn = assignments.some(([name, given]) => name === experiment && given === variation);
      return isIn && event.at >= at && event.at <= at + windowMs;
    }).length;
}

type Exposure = { readonly variation: string; readonly at: number; readonly windowMs: number };

/** The first exposure to each experiment. Of two at the same moment the one with the shorter, then the lower id. */
function exposuresOf(file: CustomerFile): Map<string, Exposure> {
  const seen: LoggedEvent[] = file.rows
    .flatMap((row) => row.events)
    .filter((event) => event.type === "slot_seen" && (event.may & 1) !== 0)
    .sort((a, b) => a.at - b.at || a.id.length - b.id.length || (a.id < b.id ? -1 : 1));
  const first = new Map<string, Exposure>();
  for (const event of seen) {
    const { assignments } = event["claim"] as { assignments: [string, string, number][] };
    for (const [experiment, variation, windowMs] of assignments)
      if (!first.has(experiment)) first.set(experiment, { variation, at: event.at, windowMs });
  }
  return first;
}

const TOUCHES: Readonly<Record<string, string>> = {
  product_viewed: "view",
  product_clicked: "click",
  slot_clicked: "click",
  product_added: "cart",
};

/** What an object's events teach the model, as texts, sorted: kind, moment and item. Purchases are taught by orders. */
export function lessonsOf(events: Iterable<LoggedEvent>): string[] {
  const lessons: string[] = [];
  for (const event of events) {
    const kind = TOUCHES[event.type];
    const item = String(event["item"]);
    if (kind === undefined || (event.may & 1) === 0) continue;
    if ((event["unmatched"] as string[] | undefined)?.includes(item)) continue;
    lessons.push(`${kind} ${event.at} ${item}`);
  }
  return lessons.sort();
}
