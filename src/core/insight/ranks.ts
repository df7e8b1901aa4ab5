import type { Purchases } from "../value/purchases.ts";
import { entryOf, isCustomer, netOf, type Accumulator, type Worth } from "./accumulator.ts";

/** What customers of one currency are ranked by: expected value, or, where there is no model for it, revenue so far. */
export type RankedBy = "clv" | "revenue";

/** How much of the value the best few hold. */
export type Concentration = {
  /** Share of customers meant. @example 0.1 */
  readonly bestShare: number;
  readonly customers: number;
  /** What share of all value these hold; `null` where there is none. */
  readonly valueShare: number | null;
};

/** Who the best customers are, after all were seen. Currencies are never compared: each has its own best. */
export type Ranks = {
  readonly rankedBy: (currency: string) => RankedBy | undefined;
  /**
   * Whether a customer is among the best share of those with their currency. Of equals at the border none is, so that a
   * shop whose customers are all alike has no best ones.
   */
  readonly isBest: (purchases: Purchases, worth: Worth | undefined, share: number) => boolean;
  /** The best `share` of a currency's customers, ties parted anyhow. */
  readonly concentration: (currency: string, share: number) => Concentration | undefined;
};

/** Numbers one after another without a box for each: 100,000 customers are 800 KB. */
export class Column {
  #values = new Float64Array(256);
  size = 0;

  push(value: number): void {
    if (this.size === this.#values.length) {
      const wider = new Float64Array(2 * this.size);
      wider.set(this.#values);
      this.#values = wider;
    }
    this.#values[this.size++] = value;
  }

  /** Ascending; a copy. */
  sorted(): Float64Array {
    return this.#values.slice(0, this.size).sort();
  }
}

type Found = { readonly by: RankedBy; readonly sorted: Float64Array; readonly sum: number };

/** Ranks customers by what they are worth. The first of two passes for everything that speaks of the best ones. */
export function gatherRanks(): Accumulator<Ranks> {
  const columns = new Map<string, { readonly clv: Column; readonly revenue: Column }>();
  return {
    add(card, worth) {
      if (!isCustomer(card)) return;
      const { currency } = card.purchases;
      const { clv, revenue } = entryOf(columns, currency, () => ({
        clv: new Column(),
        revenue: new Column(),
      }));
      revenue.push(netOf(card.purchases));
      if (typeof worth?.clvMinor === "number") clv.push(worth.clvMinor);
    },
    finish() {
      const found = new Map<string, Found>();
      for (const [currency, { clv, revenue }] of columns) {
        const by = 2 * clv.size >= revenue.size ? "clv" : "revenue";
        const sorted = (by === "clv" ? clv : revenue).sorted();
        found.set(currency, { by, sorted, sum: sorted.reduce((sum, value) => sum + value, 0) });
      }
      return ranksOf(found);
    },
  };
}

function ranksOf(found: ReadonlyMap<string, Found>): Ranks {
  const cuts = new Map<string, number>();
  return {
    rankedBy: (currency) => found.get(currency)?.by,
    isBest(purchases, worth, share) {
      const { currency } = purchases;
      const ranked = found.get(currency);
      if (ranked === undefined) return false;
      const value = ranked.by === "clv" ? worth?.clvMinor : netOf(purchases);
      const cut = entryOf(cuts, `${currency} ${share}`, () => cutOf(ranked.sorted, share));
      return typeof value === "number" && value > cut;
    },
    concentration(currency, share) {
      const ranked = found.get(currency);
      if (ranked === undefined) return undefined;
      const { sorted, sum } = ranked;
      const customers = Math.ceil(sorted.length * share);
      const best = sorted.subarray(sorted.length - customers).reduce((total, value) => total + value, 0);
      return { bestShare: share, customers, valueShare: sum > 0 ? best / sum : null };
    },
  };
}

/** The largest value that is not among the best `share`: those above it are at most that many. */
const cutOf = (sorted: Float64Array, share: number): number =>
  sorted[sorted.length - Math.ceil(sorted.length * share) - 1] ?? -Infinity;
