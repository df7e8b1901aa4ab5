import type { Rng } from "../../../src/core/primitives/rng.ts";
import { forecastOf } from "../../../src/core/value/model/predict.ts";
import type { OrderParams } from "../../../src/core/value/value-model.ts";

/** A number between two, evenly in its logarithm. */
const between = (low: number, high: number, rng: Rng): number => low * (high / low) ** rng();

/** Shapes from 0.05 to 50, every tenth exactly 1, where two of the models have a pole; times from 0.1 to 1,000. */
function anyParams(rng: Rng): OrderParams {
  const shape = () => (rng() < 0.1 ? 1 : between(0.05, 50, rng));
  const [r, alpha] = [shape(), between(0.1, 1_000, rng)];
  const kind = rng();
  if (kind < 0.5) return { model: "pareto_nbd", r, alpha, s: shape(), beta: between(0.1, 1_000, rng) };
  return { model: kind < 0.75 ? "bg_nbd" : "mbg_nbd", r, alpha, a: shape(), b: shape() };
}

/** What is wrong with the forecasts of one customer in any state with x and T up to 10,000; nothing when all is well. */
export function faultOf(rng: Rng): string | undefined {
  const params = anyParams(rng);
  const x = rng() < 0.2 ? 0 : Math.floor(between(1, 10_001, rng));
  const T = rng() < 0.05 ? 0 : between(0.001, 10_000, rng);
  const [horizon, rate] = [between(0.1, 10_000, rng), rng() < 0.1 ? 0 : between(1e-6, 0.2, rng)];
  const [early, late] = x === 0 ? [0, 0] : [rng() * T, T - rng() * T * 0.5].sort((a, b) => a - b);
  const [first, second] = [early!, late!].map((tx) => forecastOf(params, { x, tx, T }, horizon, rate));
  const said = () => JSON.stringify({ params, x, T, early, late, horizon, rate, first, second });
  for (const forecast of [first!, second!]) {
    const { pAlive, expectedOrders, discountedOrders, probabilityOfNone } = forecast;
    if (!Object.values(forecast).every(Number.isFinite)) return `not finite: ${said()}`;
    if (pAlive < 0 || pAlive > 1 || probabilityOfNone < 0 || probabilityOfNone > 1)
      return `not a probability: ${said()}`;
    if (expectedOrders < 0 || discountedOrders < 0 || discountedOrders > expectedOrders * (1 + 1e-5))
      return `out of range: ${said()}`;
    // Somebody who orders at least once with probability 1 - none has at least so many orders on average.
    if (expectedOrders < (1 - probabilityOfNone) * (1 - 1e-5) - 1e-12) return `too few orders: ${said()}`;
  }
  const falls = (a: number, b: number) => b < a * (1 - 1e-7);
  if (falls(first!.pAlive, second!.pAlive) || falls(first!.expectedOrders, second!.expectedOrders))
    return `falls in tx: ${said()}`;
  return undefined;
}
