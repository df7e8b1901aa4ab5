import type { Rng } from "../../../src/core/primitives/rng.ts";
import { cupedFigures, meanFigure, ratioFigure, shareFigure } from "../../../src/core/stats/arm-figures.ts";
import type { ArmFigure, Compared } from "../../../src/core/stats/compare.ts";
import type { PairMoments } from "../../../src/core/stats/pair-moments.ts";
import { binomialSampler, geometric, standardNormal } from "./samplers.ts";

/** Sums of one arm, as the product keeps them. */
export class Sums {
  users = 0;
  doers = 0;
  sum = 0;
  squares = 0;
  other = 0;
  otherSquares = 0;
  products = 0;

  clear(): void {
    this.users = this.doers = this.sum = this.squares = 0;
    this.other = this.otherSquares = this.products = 0;
  }

  add(value: number, other: number): void {
    if (value !== 0) this.doers++;
    this.sum += value;
    this.squares += value * value;
    this.other += other;
    this.otherSquares += other * other;
    this.products += value * other;
  }

  get pair(): PairMoments {
    return {
      n: this.users,
      sum: this.sum,
      sumSquares: this.squares,
      otherSum: this.other,
      otherSumSquares: this.otherSquares,
      sumProducts: this.products,
    };
  }
}

/** A measure that visitors are drawn from. */
export type Measure = {
  readonly kind: Compared["kind"];
  /** Lets a batch of visitors come, always of the same size for one arm; `lift` multiplies the true figure. */
  readonly batch: (users: number, lift: number) => (sums: Sums, rng: Rng) => void;
  readonly figures: (control: Sums, treatment: Sums) => Compared | undefined;
  /** True figure of the control. */
  readonly value: number;
};

function arms(one: ArmFigure | undefined, other: ArmFigure | undefined, kind: Compared["kind"]) {
  return one === undefined || other === undefined ? undefined : { kind, control: one, treatment: other };
}

function share(p: number): Measure {
  return {
    kind: "share",
    value: p,
    batch: (users, lift) => {
      const draw = binomialSampler(users, p * lift);
      return (sums, rng) => {
        sums.users += users;
        sums.doers += draw(rng);
      };
    },
    figures: (c, t) => arms(shareFigure(c.doers, c.users), shareFigure(t.doers, t.users), "share"),
  };
}

/** A mean per visitor most of whom do nothing; those who do draw a value. */
function mean(rate: number, valueOf: (rng: Rng) => number, value: number): Measure {
  return {
    kind: "mean",
    value: rate * value,
    batch: (users, lift) => {
      const draw = binomialSampler(users, rate);
      return (sums, rng) => {
        sums.users += users;
        for (let left = draw(rng); left > 0; left--) sums.add(lift * valueOf(rng), 0);
      };
    },
    figures: (c, t) => arms(meanFigure(c.pair, c.doers), meanFigure(t.pair, t.doers), "mean"),
  };
}

const lognormal = (rng: Rng, mu: number, sigma: number): number => Math.exp(mu + sigma * standardNormal(rng));

/** Spending of an order: some customers always spend more. */
const ratio: Measure = {
  kind: "ratio",
  value: Math.exp(4 + (0.5 ** 2 + 0.8 ** 2) / 2),
  batch: (users, lift) => {
    const draw = binomialSampler(users, 0.04);
    return (sums, rng) => {
      sums.users += users;
      for (let left = draw(rng); left > 0; left--) {
        const orders = 1 + geometric(rng, 0.7);
        const level = lognormal(rng, 4, 0.5) * lift;
        let spent = 0;
        for (let i = 0; i < orders; i++) spent += level * lognormal(rng, 0, 0.8);
        sums.add(spent, orders);
      }
    };
  },
  figures: (c, t) => arms(ratioFigure(c.pair, c.doers), ratioFigure(t.pair, t.doers), "ratio"),
};

/** Revenue of a shop with regulars: an eighth of the visitors is one, and spends before and after. */
const cuped: Measure = {
  kind: "mean",
  value: 0.125 * 0.4 * Math.exp(3 + (0.8 ** 2 + 0.6 ** 2) / 2),
  batch: (users, lift) => {
    const regulars = binomialSampler(users, 0.125);
    return (sums, rng) => {
      sums.users += users;
      for (let left = regulars(rng); left > 0; left--) {
        const level = lognormal(rng, 3, 0.8);
        const before = rng() < 0.8 ? level * lognormal(rng, 0, 0.6) : 0;
        sums.add(rng() < 0.4 ? lift * level * lognormal(rng, 0, 0.6) : 0, before);
      }
    };
  },
  figures: (c, t) => {
    const figures = cupedFigures(c.pair, t.pair, [c.doers, t.doers]);
    return figures === undefined ? undefined : { kind: "mean", ...figures };
  },
};

/** What goal E5 of the statistics asks for: rare and very rare shares, money, counts, ratios, adjusted money. */
export const MEASURES: Readonly<Record<string, Measure>> = {
  "share .05": share(0.05),
  "share .005": share(0.005),
  "share .001": share(0.001),
  revenue: mean(0.03, (rng) => lognormal(rng, 4, 1.2), Math.exp(4 + 1.2 ** 2 / 2)),
  units: mean(0.1, (rng) => 1 + geometric(rng, 0.5), 2),
  "order value": ratio,
  "revenue with CUPED": cuped,
};
