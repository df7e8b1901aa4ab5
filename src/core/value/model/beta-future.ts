import { gaussLegendre } from "../../stats/gauss-legendre.ts";
import { chancePoints } from "./chance-points.ts";
import type { Process } from "./process.ts";

export type BetaProcess = Extract<Process, { readonly model: "bg_nbd" }>;

/** A discount of e^-37 leaves nothing of what comes later. */
const NOTHING = 37;

/** Only the mean discount is taken from it, so few points do. */
const RULE = gaussLegendre(6);

/**
 * Orders expected within `horizon` of a customer who is one now: the mean of (1 - (alpha / (alpha + p t))^r) / p over the
 * chance to leave, p. The closed form by ₂F₁ has a pole at a = 1, cancels, and is slow for a long horizon; this does not.
 * Source: Fader, Hardie & Lee 2005, "Counting Your Customers the Easy Way", section 4, before p is integrated out.
 */
export function betaExpected({ r, alpha, a, b }: BetaProcess, horizon: number): number {
  if (!(horizon > 0)) return 0;
  const scaled = horizon / alpha;
  const { chances, weights } = chancePoints(a, b, scaled * (r + 1), "fine");
  let sum = 0;
  for (let i = 0; i < chances.length; i++)
    sum += (weights[i]! * -Math.expm1(-r * Math.log1p(chances[i]! * scaled))) / chances[i]!;
  return sum;
}

/**
 * The same, each order discounted at `force` (the logarithm of 1 + rate) per unit of time until it is made: the expectation
 * times the mean discount over the moments at which the orders are expected.
 */
export function betaDiscounted(
  process: BetaProcess,
  horizon: number,
  force: number,
  expected: number = betaExpected(process, horizon),
): number {
  const { r, alpha, a, b } = process;
  if (!(expected > 0) || force === 0) return expected;
  const end = force * horizon > NOTHING ? NOTHING / force : horizon;
  const range = Math.log1p(end / alpha);
  const { chances, weights } = chancePoints(a, b, (end / alpha) * (r + 1), "coarse");
  let [plain, discounted] = [0, 0];
  for (let i = 0; i < RULE.nodes.length; i++) {
    const grown = Math.expm1((range * (1 + RULE.nodes[i]!)) / 2);
    let pace = 0;
    for (let j = 0; j < chances.length; j++)
      pace += weights[j]! * Math.exp(-(r + 1) * Math.log1p(chances[j]! * grown));
    const orders = RULE.weights[i]! * (1 + grown) * pace;
    plain += orders;
    discounted += orders * Math.exp(-force * alpha * grown);
  }
  const counted = end < horizon ? betaExpected(process, end) : expected;
  return (counted * discounted) / plain;
}

/** Probability of no order at all within `horizon`: who is a customer now stays one until the next order. */
export function betaNone({ r, alpha }: BetaProcess, horizon: number): number {
  return Math.exp(-r * Math.log1p(horizon / alpha));
}
