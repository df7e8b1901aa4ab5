import { keyOf, type CustomerFile, type Delta, type KeptOrder, type LoggedEvent } from "./storage.ts";

/**
 * What the site's numbers must be, worked out once more from what customers' objects hold: written from the documents and
 * not from the product, of which nothing is imported.
 */

const DAY_MS = 86_400_000;

/** Numbers by the JSON of family, name, part and metric. Exact, however large the squares. */
export class Numbers {
  readonly all = new Map<string, bigint>();

  add(family: string, name: string, part: string, metric: string, by: bigint | number): void {
    const key = JSON.stringify([family, name, part, metric]);
    this.all.set(key, (this.all.get(key) ?? 0n) + BigInt(by));
  }

  addDelta(delta: Delta): void {
    const key = keyOf(delta);
    this.all.set(key, (this.all.get(key) ?? 0n) + BigInt(delta.by));
  }

  addAll(other: Numbers): void {
    for (const [key, by] of other.all) this.all.set(key, (this.all.get(key) ?? 0n) + by);
  }
}

/** How two sets of numbers differ, a phrase per difference. A number that is absent is nought. */
export function differences(
  found: ReadonlyMap<string, bigint>,
  expected: ReadonlyMap<string, bigint>,
): string[] {
  const keys = new Set([...found.keys(), ...expected.keys()]);
  return [...keys].sort().flatMap((key) => {
    const [is, should] = [found.get(key) ?? 0n, expected.get(key) ?? 0n];
    return is === should ? [] : [`${key} is ${is}, recounted ${should}`];
  });
}

/** An order as one object knows it. */
export type Party = {
  readonly object: string;
  readonly isTrusted: boolean;
  readonly at: number;
  readonly minor: number;
  readonly currency: string;
  readonly refunded: number;
  readonly mayLearn: boolean;
  /** The items, each once, sorted. */
  readonly basket: string;
};

/** Orders of one object, from the events in its log. */
export function ordersInLog(file: CustomerFile): Map<string, KeptOrder> {
  const orders = new Map<string, KeptOrder>();
  for (const row of file.rows) {
    for (const event of row.events) {
      if (!event.type.startsWith("order_")) continue;
      const orderId = String(event["orderId"]);
      const known: KeptOrder = orders.get(orderId) ?? { undone: [], mayLearn: false };
      const mayLearn = known.mayLearn || (event.may & 1) !== 0;
      if (event.type === "order_completed") {
        const { minor, currency } = event["revenue"] as { minor: number; currency: string };
        const side = row.isTrusted ? "shop" : "page";
        const before = known[side];
        const isLater =
          !before || event.at > before.at || (event.at === before.at && event.digest > before.digest);
        const lines = (event["lines"] as { item: string; quantity: number }[]).map(
          ({ item, quantity }) => [item, quantity] as const,
        );
        const telling = { at: event.at, digest: event.digest, minor, currency, lines };
        orders.set(orderId, { ...known, mayLearn, ...(isLater ? { [side]: telling } : {}) });
      } else {
        const amount = event["amount"] as { minor: number } | undefined;
        const undoing = { id: event.id, at: event.at, minor: amount?.minor, isTrusted: row.isTrusted };
        orders.set(orderId, { ...known, mayLearn, undone: [...known.undone, undoing] });
      }
    }
  }
  return orders;
}

/** What one object says of an order, if it knows more of it than its return. The shop's word goes before the page's. */
function partyOf(object: string, order: KeptOrder): Party | undefined {
  const telling = order.shop ?? order.page;
  if (!telling) return undefined;
  const isTrusted = order.shop !== undefined;
  let left = telling.minor;
  for (const one of [...order.undone].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))) {
    if (isTrusted && !one.isTrusted) continue;
    left -= Math.min(left, one.minor ?? telling.minor);
  }
  const { at, minor, currency } = telling;
  const basket = basketOf(telling.lines.map(([item]) => item));
  return { object, isTrusted, at, minor, currency, refunded: minor - left, mayLearn: order.mayLearn, basket };
}

/** Items as one text, each once. */
export const basketOf = (items: readonly string[]): string => [...new Set(items)].sort().join(" ");

export type Settled = {
  /** The object that counts the order. */
  readonly home: string;
  readonly at: number;
  readonly minor: number;
  readonly currency: string;
  readonly refunded: number;
  /** Whether the home may count it for its experiments. */
  readonly mayLearn: boolean;
  readonly basket: string;
  /** How many objects know of it. */
  readonly parties: number;
};

/** Whose each order is: an order counts once, whoever told it; a page that agrees with the shop keeps it. */
export function settleAll(
  knownBy: ReadonlyMap<string, ReadonlyMap<string, KeptOrder>>,
): Map<string, Settled> {
  const parties = new Map<string, Party[]>();
  for (const [object, orders] of knownBy)
    for (const [orderId, order] of orders) {
      const party = partyOf(object, order);
      if (party) parties.set(orderId, [...(parties.get(orderId) ?? []), party]);
    }
  const settled = new Map<string, Settled>();
  for (const [orderId, all] of parties) {
    all.sort((a, b) => a.at - b.at || (a.object < b.object ? -1 : 1));
    const shop = all.findLast((party) => party.isTrusted);
    const pages = all.filter((party) => !party.isTrusted);
    const agreeing = shop
      ? pages.filter(
          (page) => page.currency === shop.currency && Math.abs(page.minor - shop.minor) * 100 <= shop.minor,
        )
      : pages;
    const home = agreeing[0] ?? shop!;
    const { at, minor, currency, refunded } = shop ?? home;
    const { object, mayLearn, basket } = home;
    settled.set(orderId, {
      home: object,
      at,
      minor,
      currency,
      refunded,
      mayLearn,
      basket,
      parties: all.length,
    });
  }
  return settled;
}

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
  for (const [experiment, { variation, at, windowMs }] of exposuresOf(file)) {
    const within = own.filter((order) => order.mayLearn && order.at >= at && order.at <= at + windowMs);
    const revenue = within.reduce((sum, order) => sum + BigInt(order.minor - order.refunded), 0n);
    into.add("experiment", experiment, variation, "users", 1);
    into.add("experiment", experiment, variation, "orders", within.length);
    into.add("experiment", experiment, variation, "converters", within.length > 0 ? 1 : 0);
    into.add("experiment", experiment, variation, "revenueSum", revenue);
    into.add("experiment", experiment, variation, "revenueSumSquares", revenue * revenue);
  }
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
