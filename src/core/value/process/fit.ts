import { bgNbdObjective, type BgNbd } from "./bg-nbd.ts";
import type { Cells } from "./cells.ts";
import { gammaGammaObjective, type GammaGamma, type Spenders } from "./gamma-gamma.ts";
import { covarianceAt, maximise, type Objective, type Sliced } from "./maximise.ts";
import { paretoNbdObjective, type ParetoNbd } from "./pareto-nbd.ts";
import { sbgObjective, type Sbg } from "./sbg.ts";

/** Parameters that make what was seen most likely. */
export type Fit<P> = {
  readonly params: P;
  readonly logLikelihood: number;
  /** Covariance of the parameters' logarithms, row by row; `undefined` where the data leave them open. */
  readonly covariance: readonly number[] | undefined;
  readonly iterations: number;
};

type Named = Readonly<Record<string, number>>;

/** Fits by name, from several starts until one comes to rest. `undefined`: none did, or there is nothing to learn from. */
function* fitNamed<P extends Named>(
  objective: Objective,
  names: readonly (keyof P & string)[],
  starts: readonly (readonly number[])[],
  count: number,
): Sliced<Fit<P> | undefined> {
  for (const start of starts) {
    const maximum = yield* maximise(objective, start.map(Math.log));
    if (!maximum || maximum.point.some((log) => Math.abs(log) > 25)) continue;
    const covariance = yield* covarianceAt(objective, maximum.point, count);
    const params = Object.fromEntries(
      names.map((name, i) => [name, Math.exp(maximum.point[i]!)]),
    ) as Named as P;
    return { params, logLikelihood: maximum.value * count, covariance, iterations: maximum.iterations };
  }
  return undefined;
}

/** Time enters with its unit: a start that suits weeks suits days when rates are scaled. */
const scaleOf = ({ T, n, size, customers }: Cells): number => {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += T[i]! * n[i]!;
  return Math.max(1e-6, sum / customers);
};

const hasRepeats = ({ x, size }: Cells): boolean => {
  for (let i = 0; i < size; i++) if (x[i]! > 0) return true;
  return false;
};

/** @param start parameters to begin with; several are tried where none is given */
export function* fitBgNbd(cells: Cells, isModified = false, start?: BgNbd): Sliced<Fit<BgNbd> | undefined> {
  if (!hasRepeats(cells)) return undefined;
  const unit = scaleOf(cells);
  const starts = start
    ? [[start.r, start.alpha, start.a, start.b]]
    : [
        [0.5, 0.3 * unit, 0.8, 2],
        [1, unit, 1, 1],
        [0.1, 0.1 * unit, 0.1, 0.1],
      ];
  const objective = bgNbdObjective(cells, isModified);
  return yield* fitNamed<BgNbd>(objective, ["r", "alpha", "a", "b"], starts, cells.customers);
}

export function* fitParetoNbd(cells: Cells, start?: ParetoNbd): Sliced<Fit<ParetoNbd> | undefined> {
  if (!hasRepeats(cells)) return undefined;
  const unit = scaleOf(cells);
  const starts = start
    ? [[start.r, start.alpha, start.s, start.beta]]
    : [
        [0.5, 0.3 * unit, 0.6, 0.4 * unit],
        [1, unit, 1, unit],
        [0.1, 0.1 * unit, 0.1, 0.1 * unit],
      ];
  const objective = paretoNbdObjective(cells);
  return yield* fitNamed<ParetoNbd>(objective, ["r", "alpha", "s", "beta"], starts, cells.customers);
}

export function* fitGammaGamma(spenders: Spenders, start?: GammaGamma): Sliced<Fit<GammaGamma> | undefined> {
  const count = spenders.x.length;
  if (count < 2) return undefined;
  const mean = spenders.mean.reduce((sum, value) => sum + value, 0) / count;
  const starts = start
    ? [[start.p, start.q, start.v]]
    : [
        [5, 4, mean / 2],
        [1, 2, mean],
        [10, 10, mean],
      ];
  return yield* fitNamed<GammaGamma>(gammaGammaObjective(spenders), ["p", "q", "v"], starts, count);
}

/** @param survival share of a cohort left after each renewal, beginning with 1 */
export function* fitSbg(survival: readonly number[]): Sliced<Fit<Sbg> | undefined> {
  if (survival.length < 3) return undefined;
  const starts = [
    [1, 1],
    [0.5, 2],
  ];
  return yield* fitNamed<Sbg>(sbgObjective(survival), ["alpha", "beta"], starts, 1);
}
