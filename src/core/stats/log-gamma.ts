const HALF_LOG_2PI = 0.9189385332046727;

/** Above this the Stirling series with eight terms is exact to rounding. */
const STIRLING_FROM = 10;

/** Coefficients B(2k) / (2k (2k-1)) of the Stirling series. */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360_360, 1 / 156, -3617 / 122_400];

/** Where ln Γ is small because it has a zero at 1 and one at 2. */
const ZEROS_FROM = 0.5;
const ZEROS_TO = 2.75;

/** What ln Γ(x) has beyond (x - 1/2) ln x - x + ln(2π)/2, for x of at least 10. */
export function stirlingRest(x: number): number {
  let rest = 0;
  for (let k = STIRLING.length - 1; k >= 0; k--) rest = rest / (x * x) + STIRLING[k]!;
  return rest / x;
}

/**
 * ln Γ(x) for x > 0; Infinity at 0. Relative error below 1e-13, near its zeros at 1 and 2 as well.
 * Source: Abramowitz & Stegun 6.1.40, moved up by Γ(x + 1) = x Γ(x).
 * @example logGamma(0.5) // 0.5723649429247001
 */
export function logGamma(x: number): number {
  if (x > ZEROS_FROM && x < 1.5) return logGammaBeyond2(x - 1) - Math.log1p(x - 1);
  if (x >= 1.5 && x < ZEROS_TO) return logGammaBeyond2(x - 2);
  let product = 1;
  let from = x;
  while (from < STIRLING_FROM) product *= from++;
  const size = (from - 0.5) * Math.log(from) - from + HALF_LOG_2PI + stirlingRest(from) - Math.log(product);
  return x === Infinity ? Infinity : size;
}

/**
 * ln Γ(2 + d) - ln Γ(2). Every part is a multiple of d, so that nothing is lost where d is small: Stirling's formula at
 * z + d less the one at z, with z moved up from 2.
 */
function logGammaBeyond2(d: number): number {
  const z = STIRLING_FROM + 2;
  const stretch = Math.log1p(d / z);
  let sum = (z - 0.5) * stretch + d * (Math.log(z) + stretch - 1);
  for (let k = 2; k < z; k++) sum -= Math.log1p(d / k);
  let power = 1 / z;
  STIRLING.forEach((coefficient, k) => {
    sum += coefficient * power * Math.expm1(-(2 * k + 1) * stretch);
    power /= z * z;
  });
  return sum;
}

/**
 * ln B(a, b) = ln Γ(a) + ln Γ(b) - ln Γ(a + b), for positive a and b, without the cancellation that the plain
 * difference suffers when one of them is large.
 * @example logBeta(0.5, 0.5) // 1.1447298858494002
 */
export function logBeta(a: number, b: number): number {
  const small = Math.min(a, b);
  const large = Math.max(a, b);
  if (large < STIRLING_FROM) return logGamma(small) + logGamma(large) - logGamma(small + large);
  const rest = stirlingRest(large) - stirlingRest(small + large);
  const logShare = Math.log1p(-small / (small + large));
  if (small < STIRLING_FROM) {
    return logGamma(small) + rest + small - small * Math.log(small + large) + (large - 0.5) * logShare;
  }
  return (
    HALF_LOG_2PI -
    0.5 * Math.log(large) +
    (stirlingRest(small) + rest) +
    (small - 0.5) * Math.log(small / (small + large)) +
    large * logShare
  );
}
