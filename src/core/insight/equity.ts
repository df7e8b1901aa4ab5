import { entryOf, isCustomer, sourceOf, type Accumulator } from "./accumulator.ts";
import { gatherCaused, type Caused } from "./caused.ts";
import { gatherClientele, type Clientele, type ClienteleOptions } from "./clientele.ts";
import { foldSmall } from "./fold-small.ts";
import { Overlaps } from "./overlaps.ts";
import { gatherRanks, type Concentration, type RankedBy } from "./ranks.ts";
import { addToTally, figuresOf, newValueTally, type ValueFigures, type ValueTally } from "./value-tally.ts";
import { mayTell, PEOPLE_MIN, WITHHELD, withheldCells, withheldSets, type Withheld } from "./withhold.ts";

export type EquityOptions = ClienteleOptions & {
  /** Standard error of the model's parameters in a sum of CLV, as a share of it; 0 unless known. */
  readonly relativeError?: number | undefined;
};

/** What a shop's customers are worth in one currency. */
export type CurrencyEquity = {
  readonly currency: string;
  readonly total: ValueFigures;
  /** How the customers first came; parts of the total. */
  readonly bySource: readonly ({ readonly source: string } & (ValueFigures | Withheld))[];
  /** Segments overlap: they do not add up to the total. */
  readonly bySegment: readonly ({ readonly segment: string } & (ValueFigures | Withheld))[];
  readonly rankedBy: RankedBy;
  /** What the best tenth and the best fifth hold. */
  readonly concentration: readonly (Concentration | (Pick<Concentration, "bestShare"> & Withheld))[];
  readonly potential: Clientele | Withheld;
  readonly causedByPersonalization: Caused;
};

/** Customer equity: the sum of what the customers will bring, and what it consists of. */
export type Equity = {
  readonly horizonDays: number;
  readonly level: number;
  /** Never added up over currencies. Where fewer than 5 customers have one, only its name is told. */
  readonly currencies: readonly (CurrencyEquity | ({ readonly currency: string } & Withheld))[];
};

type Sums = {
  readonly total: ValueTally;
  readonly sources: Map<string, ValueTally>;
  readonly overlaps: Overlaps;
  readonly segments: ValueTally[];
};

const newSums = (): Sums => ({
  total: newValueTally(),
  sources: new Map(),
  overlaps: new Overlaps(),
  segments: [],
});

/** Adds up customer equity. A customer is a person with at least one order that stands, with or without analytics. */
export function gatherEquity(options: EquityOptions): Accumulator<Equity> {
  const { level = 0.95, relativeError = 0, horizonDays } = options;
  const byCurrency = new Map<string, Sums>();
  const parts = { ranks: gatherRanks(), clientele: gatherClientele(options), caused: gatherCaused(options) };
  return {
    add(card, worth) {
      for (const part of Object.values(parts)) part.add(card, worth);
      if (!isCustomer(card)) return;
      const { purchases, segments } = card;
      const sums = entryOf(byCurrency, purchases.currency, newSums);
      addToTally(sums.total, purchases, worth);
      addToTally(entryOf(sums.sources, sourceOf(card), newValueTally), purchases, worth);
      for (const id of sums.overlaps.add(segments))
        addToTally((sums.segments[id] ??= newValueTally()), purchases, worth);
    },
    finish() {
      const [ranks, clientele, caused] = [
        parts.ranks.finish(),
        parts.clientele.finish(),
        parts.caused.finish(),
      ];
      const uncertainty = { level, relativeError };
      const currencies = [...byCurrency]
        .sort(([a, x], [b, y]) => y.total.customers - x.total.customers || (a < b ? -1 : 1))
        .map(([currency, sums]): Equity["currencies"][number] => {
          const { total } = sums;
          if (total.customers < PEOPLE_MIN) return { currency, ...WITHHELD };
          const told = (tally: ValueTally, isWithheld: boolean) =>
            isWithheld ? WITHHELD : figuresOf(tally, currency, uncertainty);
          return {
            currency,
            total: figuresOf(total, currency, uncertainty),
            bySource: sourcesOf(sums, told),
            bySegment: segmentsOf(sums, told),
            rankedBy: ranks.rankedBy(currency)!,
            concentration: [0.1, 0.2].map((bestShare) => {
              const found = ranks.concentration(currency, bestShare)!;
              return mayTell(found.customers, total.customers) ? found : { bestShare, ...WITHHELD };
            }),
            potential: clientele.get(currency) ?? WITHHELD,
            causedByPersonalization: caused(currency),
          };
        });
      return { horizonDays, level, currencies };
    },
  };
}

type Told = (tally: ValueTally, isWithheld: boolean) => ValueFigures | Withheld;

function sourcesOf({ sources }: Sums, told: Told): CurrencyEquity["bySource"] {
  const rows = foldSmall(sources, ({ customers }) => customers, mergeTallies);
  const withheld = withheldCells(rows.map(([, { customers }]) => customers));
  return rows.map(([source, tally], i) => ({ source, ...told(tally, withheld[i]!) }));
}

function mergeTallies(a: ValueTally, b: ValueTally): ValueTally {
  const sum = { ...a };
  for (const key of Object.keys(b) as (keyof ValueTally)[]) sum[key] += b[key];
  return sum;
}

function segmentsOf({ overlaps, segments, total }: Sums, told: Told): CurrencyEquity["bySegment"] {
  const withheld = withheldSets(overlaps.sizes, overlaps.shared, total.customers);
  return overlaps.names
    .map((segment, i) => ({ segment, ...told(segments[i]!, withheld[i]!) }))
    .sort((a, b) => (a.segment < b.segment ? -1 : 1));
}
