/**
 * Sums over independent units (visitors or decisions) of a pair: an amount and a size. They tell the ratio of the two
 * totals and how sure it is, and they add up across shards.
 */
export type UnitRatio = {
  readonly units: number;
  readonly amount: number;
  readonly size: number;
  readonly amountSquares: number;
  readonly products: number;
  readonly sizeSquares: number;
};

export const NO_UNITS: UnitRatio = {
  units: 0,
  amount: 0,
  size: 0,
  amountSquares: 0,
  products: 0,
  sizeSquares: 0,
};

/** One unit's pair. */
export function oneUnit(amount: number, size: number): UnitRatio {
  return {
    units: 1,
    amount,
    size,
    amountSquares: amount * amount,
    products: amount * size,
    sizeSquares: size * size,
  };
}

export function addRatios(a: UnitRatio, b: UnitRatio): UnitRatio {
  return {
    units: a.units + b.units,
    amount: a.amount + b.amount,
    size: a.size + b.size,
    amountSquares: a.amountSquares + b.amountSquares,
    products: a.products + b.products,
    sizeSquares: a.sizeSquares + b.sizeSquares,
  };
}

/** Rounding error that a sum of squares may carry, relative to itself. What is smaller is not a variance. */
const ROUNDING = 1e-13;

/**
 * Total amount over total size, with its standard error by linearisation (delta method) over units; for sizes of 1 this
 * is the mean and its standard error without Bessel's correction. `undefined` without size or with sums beyond a double.
 * Source: Cochran 1977, "Sampling Techniques", 6.3.
 * @example ratioOf(addRatios(oneUnit(1, 1), oneUnit(3, 1))) // { value: 2, standardError: 0.7071067811865476 }
 */
export function ratioOf(sums: UnitRatio): { value: number; standardError: number } | undefined {
  const value = sums.amount / sums.size;
  const squares = sums.amountSquares + value * value * sums.sizeSquares;
  const residual = squares - 2 * value * sums.products;
  const standardError = Math.sqrt(residual > squares * ROUNDING ? residual : 0) / Math.abs(sums.size);
  if (!Number.isFinite(value) || !Number.isFinite(residual) || !Number.isFinite(standardError))
    return undefined;
  return { value, standardError };
}
