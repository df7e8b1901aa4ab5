/**
 * What is measured of one customer in one experiment, as whole numbers: what they did from the first exposure to the end
 * of the window. Amounts in minor units, less what was paid back.
 */
export const MEASURES = [
  "orders",
  "revenue",
  /** Revenue less cost; orders with an unknown cost earn none here. */
  "margin",
  /** Pieces not returned. */
  "units",
  "refunded",
  /** The part of `revenue` that was earned in a store. */
  "inStore",
  /** Clicks on what the experiment's slots showed. */
  "clicks",
  /** 1: personalization or marketing was withdrawn after the exposure, and still is. */
  "optOuts",
  /** Revenue of the 90 days before the exposure: explains part of the differences between customers. */
  "before",
] as const;
export type Measure = (typeof MEASURES)[number];

/** One customer's totals. What is missing is 0. */
export type Totals = { readonly [measure in Measure]?: number };

/** Sums over customers, by name of the moment. What is missing is 0. */
export type MomentSums = { readonly [moment: string]: number };

/** Pairs whose products are summed too: for ratios (revenue per order) and for taking out what was so before. */
const PRODUCTS = [
  ["orders", "revenue"],
  ["orders", "units"],
  ["before", "revenue"],
  ["before", "margin"],
  ["before", "buyers"],
  /** What those who clicked spent: what others call attributed revenue. */
  ["clickers", "revenue"],
] as const;

/** Measures that are 0 or 1 for every customer. */
const YES_NO: ReadonlySet<string> = new Set(["buyers", "clickers", "refunders", "storeBuyers", "optOuts"]);

/** Name of the sum of products. @example productName("revenue", "revenue") // "revenue*revenue" */
export const productName = (a: string, b: string): string => `${a}*${b}`;

/**
 * What one customer adds to the sums over customers: themself, each measure, its square, and the products. Only what is
 * not 0, so that somebody who bought nothing costs one number.
 * @example momentsOf({ orders: 1, revenue: 500 })["revenue*revenue"] // 250000
 */
export function momentsOf(totals: Totals): MomentSums {
  const values: Record<string, number> = { ...totals };
  values["buyers"] = (totals.orders ?? 0) > 0 ? 1 : 0;
  values["clickers"] = (totals.clicks ?? 0) > 0 ? 1 : 0;
  values["refunders"] = (totals.refunded ?? 0) > 0 ? 1 : 0;
  values["storeBuyers"] = (totals.inStore ?? 0) > 0 ? 1 : 0;
  const moments: Record<string, number> = { users: 1 };
  for (const [name, value] of Object.entries(values)) {
    if (value === 0) continue;
    moments[name] = value;
    // The square of a yes is a yes.
    if (!YES_NO.has(name)) moments[productName(name, name)] = value * value;
  }
  for (const [a, b] of PRODUCTS) {
    const product = (values[a] ?? 0) * (values[b] ?? 0);
    if (product !== 0) moments[productName(a, b)] = product;
  }
  return moments;
}
