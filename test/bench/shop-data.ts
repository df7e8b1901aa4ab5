import { readShared } from "../support/shared.ts";

/** One look at an item. */
export type Click = { readonly session: string; readonly item: string; readonly at: number };

/** The clicks of one part of serenade-sample in order of time. */
export function clicksOfSerenade(part: "train" | "valid" | "test"): Click[] | undefined {
  const text = readShared(`data/serenade-sample/${part}.txt.gz`);
  return text
    ?.trim()
    .split("\n")
    .slice(1)
    .map((line) => {
      const [session, item, seconds] = line.split("\t");
      return { session: session!, item: item!, at: Number(seconds) * 1000 };
    })
    .sort((a, b) => a.at - b.at);
}

/** One purchase; a guest's label is their invoice's. */
export type Invoice = {
  readonly id: string;
  readonly who: string;
  readonly at: number;
  readonly items: readonly string[];
};

// Invoice, code, description, quantity, date, price, customer: only the description can be quoted.
const LINE = /^([^,]*),([^,]*),(?:"(?:[^"]|"")*"|[^,]*),([^,]*),([^,]*),([^,]*),([^,]*),/;

/**
 * The baskets of uci-online-retail in order of time. Cancellations, non-positive quantities and prices, and codes that
 * are no product (postage, fees) are left out: 16,924 baskets and 3,856 items before the last 30 days.
 */
export function basketsOfRetail(): Invoice[] | undefined {
  const text = readShared("data/uci-online-retail/online_retail.csv.gz");
  if (text === undefined) return undefined;
  const baskets = new Map<string, Invoice & { readonly items: string[] }>();
  for (const line of text.split("\n").slice(1)) {
    const match = LINE.exec(line);
    if (!match) continue;
    const [id, code, quantity, date, price, customer] = match.slice(1) as [
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    const isSale = !id.startsWith("C") && Number(quantity) > 0 && Number(price) > 0;
    if (!isSale || !/^\d{5}/.test(code)) continue;
    const at = Date.parse(`${date.replace(" ", "T")}Z`);
    const basket = baskets.get(id) ?? { id, who: customer || `guest-${id}`, at, items: [] };
    if (!basket.items.includes(code)) basket.items.push(code);
    baskets.set(id, basket);
  }
  return [...baskets.values()].sort((a, b) => a.at - b.at);
}
