import type { CustomerFile, KeptOrder } from "./stored.ts";

/** An order as one object knows it. */
export type Party = {
  readonly object: string;
  readonly isTrusted: boolean;
  readonly at: number;
  readonly minor: number;
  readonly currency: string;
  readonly refunded: number;
  readonly mayLearn: boolean;
  /** Pieces; none where anything was returned, since nobody here returns single pieces. */
  readonly units: number;
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
  let units = telling.lines.reduce((sum, [, quantity]) => sum + quantity, 0);
  for (const one of [...order.undone].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))) {
    if (isTrusted && !one.isTrusted) continue;
    left -= Math.min(left, one.minor ?? telling.minor);
    units = 0;
  }
  const { at, minor, currency } = telling;
  const basket = basketOf(telling.lines.map(([item]) => item));
  const { mayLearn } = order;
  return { object, isTrusted, at, minor, currency, refunded: minor - left, mayLearn, units, basket };
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
  readonly units: number;
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
    const { at, minor, currency, refunded, units } = shop ?? home;
    const { object, mayLearn, basket } = home;
    settled.set(orderId, {
      home: object,
      at,
      minor,
      currency,
      refunded,
      units,
      mayLearn,
      basket,
      parties: all.length,
    });
  }
  return settled;
}
