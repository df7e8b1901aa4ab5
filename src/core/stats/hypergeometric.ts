/** Enough for z up to about 0.9999. */
const TERMS_MAX = 400_000;

/** Beyond this the sum is scaled down: its logarithm has no limit. */
const SCALE = 1e250;

/**
 * ln ₂F₁(a, b; c; z), Gauss's hypergeometric function, for positive a, b, c and z below 1, where a negative z needs c above
 * a or b: what the BG/NBD and Pareto/NBD models of repeat orders need, for any number of orders. Relative error of ₂F₁
 * below 1e-10. `undefined` outside that range, and nearer to z = 1 than can be summed (above about 0.9999).
 *
 * All terms summed are positive: a negative z is turned by Pfaff's transformation (DLMF 15.8.1), and Euler's (same place)
 * is taken where it makes the terms smaller.
 * @example logHypergeometric(1, 1, 2, 0.5) // 0.32663425997828094, ln(2 ln 2)
 */
export function logHypergeometric(a: number, b: number, c: number, z: number): number | undefined {
  if (!(a > 0 && b > 0 && c > 0 && z < 1) || a + b + c === Infinity || z === -Infinity) return undefined;
  if (z < 0) return c > b ? turned(a, b, c, z) : c > a ? turned(b, a, c, z) : undefined;
  if (c <= a || c <= b || c >= a + b) return logSeries(a, b, c, z);
  return plus(logSeries(c - a, c - b, c, z), (c - a - b) * Math.log1p(-z));
}

function turned(a: number, b: number, c: number, z: number): number | undefined {
  return plus(logHypergeometric(a, c - b, c, z / (z - 1)), -a * Math.log1p(-z));
}

const plus = (log: number | undefined, by: number): number | undefined =>
  log === undefined ? undefined : log + by;

/** ₂F₁(a, b; c; z) itself, in the range of `logHypergeometric`; Infinity beyond a double. */
export function hypergeometric(a: number, b: number, c: number, z: number): number | undefined {
  const log = logHypergeometric(a, b, c, z);
  return log === undefined ? undefined : Math.exp(log);
}

function logSeries(a: number, b: number, c: number, z: number): number | undefined {
  let term = 1;
  let sum = 1;
  let scales = 0;
  for (let k = 0; k < TERMS_MAX; k++) {
    const ratio = (((a + k) / (c + k)) * (b + k) * z) / (k + 1);
    term *= ratio;
    sum += term;
    // What is left is at most a geometric series, from the first term on that falls.
    const limit = Math.max(ratio, z);
    if (limit < 1 && term < sum * 1e-16 * (1 - limit)) return Math.log(sum) + scales * Math.log(SCALE);
    if (sum > SCALE) {
      term /= SCALE;
      sum /= SCALE;
      scales++;
    }
  }
  return undefined;
}
