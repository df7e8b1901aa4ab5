import { gaussLegendre } from "../../stats/gauss-legendre.ts";

/**
 * What `leavingIntegral` writes, by place. First ln of the integral (-Infinity where the two moments are one); then, weighted
 * by the integrand, the means of ln(alpha + t), ln(beta + t), 1 / (alpha + t) and 1 / (beta + t); then the
 * two logarithms at the end of the time, which it needs itself.
 */
export const LOG = 0;
export const MEAN_LOG_ALPHA = 1;
export const MEAN_LOG_BETA = 2;
export const MEAN_PER_ALPHA = 3;
export const MEAN_PER_BETA = 4;
export const END_LOG_ALPHA = 5;
export const END_LOG_BETA = 6;

/** Beyond this fall, in logarithms, what is left of the integrand is below a double's precision. */
const NOTHING = 37;

/** Rules by how much the integrand bends, half of each (they are symmetric): exact to about 1e-9 up to their bounds. */
const RULES: readonly {
  readonly upTo: number;
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}[] = [
  [1.2, 4],
  [3.4, 6],
  [6.5, 8],
  [13, 12],
  [25, 20],
  [Infinity, 40],
].map(([upTo, n]) => {
  const { nodes, weights } = gaussLegendre(n!);
  return {
    upTo: upTo!,
    nodes: nodes.slice(0, n! / 2).map((node) => (1 + node) / 2),
    weights: weights.slice(0, n! / 2).map((weight) => weight / 2),
  };
});

/**
 * ∫ (alpha + t)^-A (beta + t)^-B dt for t from `from` to `to`, written to `out` with the means that its gradient needs: how
 * likely the model finds it that a customer left, without a word, between the two moments, and when.
 *
 * Usually given as a difference of two ₂F₁, which cancel where the moments are near and converge slowly where alpha and
 * beta are not; here by Gauss-Legendre in ln(min(alpha, beta) + t), where the integrand is nearly an exponential: all terms
 * are positive, and there is no case of alpha against beta.
 * Source: Fader & Hardie 2005, "A Note on Deriving the Pareto/NBD Model", section 3, before its integral is rewritten.
 * @example leavingIntegral(1, 1, 1, 1, 0, 1, out); out[LOG] // -0.6931471805599453: ln(1 - 1/2)
 */
export function leavingIntegral(
  A: number,
  B: number,
  alpha: number,
  beta: number,
  from: number,
  to: number,
  out: Float64Array,
): void {
  const alphaIsNear = alpha <= beta;
  const near = alphaIsNear ? alpha : beta;
  const far = alphaIsNear ? beta : alpha;
  const nearPower = (alphaIsNear ? A : B) - 1;
  const farPower = alphaIsNear ? B : A;
  const apart = far - near;
  const low = near + from;
  const lowFar = far + from;
  const logLow = Math.log(low);
  const logLowFar = Math.log(lowFar);
  const logEnd = Math.log(near + to);
  const logEndFar = Math.log(far + to);
  let range = logEnd - logLow;
  let fall = nearPower * range + farPower * (logEndFar - logLowFar);
  let end = near + to;
  // The fall is convex in the range, so Newton's method comes down to where it is NOTHING and never below.
  for (let step = 0; fall > NOTHING * 1.1 && step < 60; step++) {
    range -= (fall - NOTHING) / (nearPower + (farPower * end) / (end + apart));
    end = low * Math.exp(range);
    fall = nearPower * range + farPower * Math.log((end + apart) / lowFar);
  }
  const bend = Math.max(Math.abs(fall), 2 * range);
  let chosen = 0;
  while (bend > RULES[chosen]!.upTo) chosen++;
  const { nodes, weights } = RULES[chosen]!;
  const perLowFar = 1 / lowFar;
  let sum = 0;
  let sumNear = 0;
  let sumFar = 0;
  let sumPerNear = 0;
  let sumPerFar = 0;
  for (let i = 0; i < nodes.length; i++) {
    const up = range * nodes[i]!;
    const stretch = Math.exp(up);
    const nearTime = low * stretch;
    const farTime = nearTime + apart;
    const upFar = Math.log(farTime * perLowFar);
    const share = weights[i]! * Math.exp(-nearPower * up - farPower * upFar);
    // Its mirror image, as far from the end as this one is from the start.
    const upMirrored = range - up;
    const nearMirrored = end / stretch;
    const farMirrored = nearMirrored + apart;
    const upFarMirrored = Math.log(farMirrored * perLowFar);
    const shareMirrored = weights[i]! * Math.exp(-nearPower * upMirrored - farPower * upFarMirrored);
    sum += share + shareMirrored;
    sumNear += share * up + shareMirrored * upMirrored;
    sumFar += share * upFar + shareMirrored * upFarMirrored;
    sumPerNear += share / nearTime + shareMirrored / nearMirrored;
    sumPerFar += share / farTime + shareMirrored / farMirrored;
  }
  out[LOG] = Math.log(range * sum) - nearPower * logLow - farPower * logLowFar;
  const per = 1 / sum;
  out[alphaIsNear ? MEAN_LOG_ALPHA : MEAN_LOG_BETA] = logLow + sumNear * per;
  out[alphaIsNear ? MEAN_LOG_BETA : MEAN_LOG_ALPHA] = logLowFar + sumFar * per;
  out[alphaIsNear ? END_LOG_ALPHA : END_LOG_BETA] = logEnd;
  out[alphaIsNear ? END_LOG_BETA : END_LOG_ALPHA] = logEndFar;
  out[alphaIsNear ? MEAN_PER_ALPHA : MEAN_PER_BETA] = sumPerNear * per;
  out[alphaIsNear ? MEAN_PER_BETA : MEAN_PER_ALPHA] = sumPerFar * per;
}

/** Where `leavingIntegral` writes. */
export const emptyLeaving = (): Float64Array => new Float64Array(7);
