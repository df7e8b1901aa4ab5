import type { Shopper } from "./split.ts";

export type Figures = {
  readonly recall10: number;
  readonly ndcg10: number;
  readonly phr10: number;
  readonly recall20: number;
  readonly ndcg20: number;
  readonly phr20: number;
  readonly us50: number;
  readonly us99: number;
};

const gain = (place: number): number => 1 / Math.log2(place + 2);

/**
 * Means over the shoppers. Recall, hit share and NDCG as in the published next-basket comparisons; as there, the ideal
 * of NDCG is that of the whole next basket, not of its first ten.
 */
export function measure(
  asked: readonly Shopper[],
  predict: (shopper: Shopper) => readonly string[],
): Figures {
  const sums = { recall10: 0, ndcg10: 0, phr10: 0, recall20: 0, ndcg20: 0, phr20: 0 };
  const us: number[] = [];
  for (const shopper of asked) {
    const from = performance.now();
    const list = predict(shopper);
    us.push((performance.now() - from) * 1000);
    const next = new Set(shopper.next);
    let ideal = 0;
    for (let i = 0; i < next.size; i++) ideal += gain(i);
    for (const k of [10, 20] as const) {
      const places = [...list.slice(0, k).keys()].filter((place) => next.has(list[place]!));
      sums[`recall${k}`] += places.length / next.size;
      sums[`ndcg${k}`] += places.reduce((sum, place) => sum + gain(place), 0) / ideal;
      sums[`phr${k}`] += places.length > 0 ? 1 : 0;
    }
  }
  us.sort((a, b) => a - b);
  const means = Object.entries(sums).map(([name, sum]) => [name, rounded(sum / asked.length, 4)]);
  return {
    ...(Object.fromEntries(means) as typeof sums),
    us50: rounded(us[us.length >> 1]!, 1),
    us99: rounded(us[Math.floor(us.length * 0.99)]!, 1),
  };
}

export const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));
