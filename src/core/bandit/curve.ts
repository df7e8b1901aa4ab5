import { incompleteBeta } from "../stats/incomplete-beta.ts";
import { logBeta } from "../stats/log-gamma.ts";
import { normalCdf, normalPdf } from "../stats/normal.ts";
import type { BetaPosterior, NormalPosterior } from "./posterior.ts";

/** A posterior on a scale on which it is smooth: itself for a mean, the log odds for a rate. */
export type Curve = {
  readonly centre: number;
  readonly spread: number;
  /** Beyond these nothing is left that matters (below 1e-9). */
  readonly low: number;
  readonly high: number;
  /** At u; `softened` is ln(1 + e^u), which all curves of rates share. */
  readonly density: (u: number, softened: number) => number;
  readonly cdf: (u: number) => number;
  /** The mean or rate that a place on the scale stands for. */
  readonly value: (u: number) => number;
};

const NORMAL_REACH = 7;

/** How much farther the exponential tails of a Beta with a parameter of 1 go, in spreads. */
const BETA_REACH = 14;

export function curveOf(posterior: BetaPosterior | NormalPosterior): Curve {
  return posterior.family === "beta" ? logOddsCurve(posterior) : normalCurve(posterior);
}

function normalCurve({ mean, sd }: NormalPosterior): Curve {
  return {
    centre: mean,
    spread: sd,
    low: mean - NORMAL_REACH * sd,
    high: mean + NORMAL_REACH * sd,
    density: (u) => normalPdf((u - mean) / sd) / sd,
    cdf: (u) => normalCdf((u - mean) / sd),
    value: (u) => u,
  };
}

/** Log odds order arms as rates do, and a Beta's density has no corner there, however small its parameters. */
function logOddsCurve({ a, b }: BetaPosterior): Curve {
  const centre = Math.log(a / b);
  const spread = Math.sqrt(1 / a + 1 / b);
  const reach = (NORMAL_REACH + BETA_REACH / Math.sqrt(Math.min(a, b))) * spread;
  const logScale = logBeta(a, b);
  return {
    centre,
    spread,
    low: centre - reach,
    high: centre + reach,
    // a ln x + b ln(1 - x) with x = 1 / (1 + e^-u).
    density: (u, softened) => Math.exp(a * u - (a + b) * softened - logScale),
    cdf: (u) => incompleteBeta(sigmoid(u), a, b, sigmoid(-u)),
    value: sigmoid,
  };
}

const sigmoid = (u: number): number => 1 / (1 + Math.exp(-u));

/** ln(1 + e^u). */
export const soften = (u: number): number => (u > 0 ? u + Math.log1p(Math.exp(-u)) : Math.log1p(Math.exp(u)));
