import type { Money } from "../primitives/money.ts";
import { entryOf, isCustomer, netOf, sourceOf, type Accumulator } from "./accumulator.ts";
import { foldSmall } from "./fold-small.ts";
import type { RankedBy, Ranks } from "./ranks.ts";
import { PEOPLE_MIN, WITHHELD, withheldCells, withheldShares, type Withheld } from "./withhold.ts";

/** What customers who first came from one place are worth. */
export type SourceRow =
  | ({ readonly source: string } & Withheld)
  | {
      readonly source: string;
      readonly customers: number;
      /** Share of all customers of the currency. */
      readonly share: number;
      readonly revenue: Money;
      readonly revenuePerCustomer: Money;
      readonly clv: Money | null;
      readonly clvPerCustomer: Money | null;
      /** Share of them who are among the best fifth. Above 0.2: the source brings better customers than others. */
      readonly bestFifthShare: number | Withheld;
    };

export type Sources = {
  readonly currencies: readonly (
    | ({ readonly currency: string } & Withheld)
    | {
        readonly currency: string;
        readonly customers: number;
        readonly rankedBy: RankedBy;
        readonly sources: readonly SourceRow[];
      }
  )[];
};

const BEST_SHARE = 0.2;

type Sums = { customers: number; best: number; revenueMinor: number; scored: number; clvMinor: number };
const newSums = (): Sums => ({ customers: 0, best: 0, revenueMinor: 0, scored: 0, clvMinor: 0 });
const merge = (a: Sums, b: Sums): Sums => ({
  customers: a.customers + b.customers,
  best: a.best + b.best,
  revenueMinor: a.revenueMinor + b.revenueMinor,
  scored: a.scored + b.scored,
  clvMinor: a.clvMinor + b.clvMinor,
});

/** Where customers came from and what they are worth. @param ranks from a first pass over the same cards */
export function gatherSources(ranks: Ranks): Accumulator<Sources> {
  const byCurrency = new Map<string, Map<string, Sums>>();
  return {
    add(card, worth) {
      if (!isCustomer(card)) return;
      const { purchases } = card;
      const sources = entryOf(byCurrency, purchases.currency, () => new Map<string, Sums>());
      const sums = entryOf(sources, sourceOf(card), newSums);
      sums.customers++;
      sums.revenueMinor += netOf(purchases);
      if (ranks.isBest(purchases, worth, BEST_SHARE)) sums.best++;
      if (typeof worth?.clvMinor !== "number") return;
      sums.scored++;
      sums.clvMinor += worth.clvMinor;
    },
    finish: () => ({
      currencies: [...byCurrency]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([currency, sources]) => {
          const rows = foldSmall(sources, ({ customers }) => customers, merge);
          const customers = rows.reduce((sum, [, row]) => sum + row.customers, 0);
          if (customers < PEOPLE_MIN) return { currency, ...WITHHELD };
          const rankedBy = ranks.rankedBy(currency) ?? "revenue";
          return { currency, customers, rankedBy, sources: rowsOf(rows, customers, currency) };
        }),
    }),
  };
}

function rowsOf(rows: readonly [string, Sums][], all: number, currency: string): SourceRow[] {
  const money = (minor: number): Money => ({ minor: Math.round(minor), currency });
  const withheld = withheldCells(rows.map(([, { customers }]) => customers));
  const noShare = withheldShares(
    rows.map(([, { customers: of, best: people }]) => ({ of, people })),
    withheld,
  );
  return rows.map(([source, { customers, best, revenueMinor, scored, clvMinor }], i) =>
    withheld[i]
      ? { source, ...WITHHELD }
      : {
          source,
          customers,
          share: customers / all,
          revenue: money(revenueMinor),
          revenuePerCustomer: money(revenueMinor / customers),
          clv: scored > 0 ? money(clvMinor) : null,
          clvPerCustomer: scored > 0 ? money(clvMinor / scored) : null,
          bestFifthShare: noShare[i] ? WITHHELD : best / customers,
        },
  );
}
