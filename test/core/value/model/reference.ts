import { aggregate } from "../../../../src/core/value/model/cells.ts";
import type { Cell } from "../../../../src/core/value/model/summary.ts";
import { readShared } from "../../../support/shared.ts";

type Expected = { readonly [field: string]: number };
type Individual = {
  readonly params: Expected;
  readonly rows: readonly {
    readonly x: number;
    readonly t_x: number;
    readonly T: number;
    readonly p_alive: number;
    readonly expected_purchases: Expected;
  }[];
};

/** The shared reference values, as far as the tests read them. */
export type Reference = {
  readonly cdnow_summary_csv_fit: {
    readonly bgnbd: Expected;
    readonly mbgnbd: Expected;
    readonly paretonbd: Expected;
    readonly gammagamma: Expected;
  };
  readonly cdnow_exact_days_fit_1997_09_30: {
    readonly params: Expected;
    readonly ll: number;
    readonly gg: Expected;
  };
  readonly published: {
    readonly clvtools: { readonly pnbd: { readonly se: Expected } };
    readonly sbg_fader_hardie_2007: {
      readonly regular: { readonly survival: readonly number[] };
      readonly high_end: { readonly survival: readonly number[] };
    };
    readonly lifetimes_unit_tests: {
      readonly cond_exp: Expected;
      readonly expectation: {
        readonly t: readonly number[];
        readonly expected: readonly number[];
      };
      readonly pmf_t30_n11to20: readonly number[];
      readonly pmf_t2_n10: number;
      readonly pmf_t39_n0: number;
      readonly gg_first10: readonly number[];
      readonly pnbd_cond_exp: Expected;
      readonly pnbd_p_alive: Expected;
    };
  };
  readonly bgnbd_individual: Individual;
  readonly bgnbd_expectation: Expected;
  readonly bgnbd_pmf: {
    readonly "t=30": readonly number[];
    readonly "t=39,n=0": number;
    readonly "t=2,n=10": number;
  };
  readonly gammagamma_individual: { readonly params: Expected; readonly rows: readonly Expected[] };
  readonly paretonbd_individual: Individual;
};

const text = readShared("data/cdnow/clv_reference_values.json");
const table = readShared("data/cdnow/cdnow_customers_summary_with_transactions.csv");

/** Reference values, and CDNOW's published summaries with mean values; `undefined` where they are absent. */
export const reference: Reference | undefined = text === undefined ? undefined : JSON.parse(text);

export const summaries = table
  ?.trim()
  .split("\n")
  .slice(1)
  .map((line) => {
    const [, x, tx, T, mean] = line.split(",").map(Number);
    return { x: x!, tx: tx!, T: T!, mean: mean!, n: 1 };
  });

export const cdnowCells: readonly Cell[] = aggregate(summaries ?? []);

export const areHere = reference !== undefined && summaries !== undefined;
