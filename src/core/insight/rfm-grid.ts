import { DAY_MS } from "../primitives/time.ts";
import type { Money } from "../primitives/money.ts";
import { rfmOf } from "../value/rfm.ts";
import type { RfmCuts } from "../value/value-model.ts";
import { isCustomer, netOf, type Accumulator } from "./accumulator.ts";
import { PEOPLE_MIN, WITHHELD, withheldCells, type Withheld } from "./withhold.ts";

/** Customers of one recency and one frequency class. */
export type RfmCell = {
  /** 1 to 5, 5 best: bought most recently. */
  readonly recency: number;
  /** 1 to 5, 5 best: bought most often. */
  readonly frequency: number;
} & (Withheld | { readonly customers: number; readonly revenuePerCustomer: Money | null });

export type RfmGrid = { readonly customers: number | Withheld; readonly cells: readonly RfmCell[] };

const CLASSES = [1, 2, 3, 4, 5];

/**
 * Customers by how lately and how often they bought, and what they brought on average: in the currency of the cut points. Cells
 * of one to four customers are withheld, with others so that none can be worked out.
 * @param cuts of the site's fit; without one there is no grid
 */
export function gatherRfm(
  model: { readonly rfm: RfmCuts; readonly currency: string } | undefined,
  today: number,
): Accumulator<RfmGrid> {
  const sums = CLASSES.flatMap(() => CLASSES.map(() => ({ customers: 0, minor: 0 })));
  return {
    add(card) {
      if (!model || !isCustomer(card) || card.purchases.currency !== model.currency) return;
      const { recency, frequency } = rfmOf(card.purchases, model.rfm, today * DAY_MS);
      const cell = sums[(recency - 1) * 5 + frequency - 1]!;
      cell.customers++;
      cell.minor += netOf(card.purchases);
    },
    finish() {
      const customers = sums.reduce((sum, cell) => sum + cell.customers, 0);
      const withheld = withheldCells(sums.map((cell) => cell.customers));
      return {
        customers: customers === 0 || customers >= PEOPLE_MIN ? customers : WITHHELD,
        cells: sums.map((cell, at) => ({
          recency: Math.floor(at / 5) + 1,
          frequency: (at % 5) + 1,
          ...(withheld[at]
            ? WITHHELD
            : {
                customers: cell.customers,
                revenuePerCustomer:
                  cell.customers > 0 && model
                    ? { minor: Math.round(cell.minor / cell.customers), currency: model.currency }
                    : null,
              }),
        })),
      };
    },
  };
}
