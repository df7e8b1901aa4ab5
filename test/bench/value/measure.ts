/** The middle of some figures. */
export const median = (figures: readonly number[]): number =>
  [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)]!;

/** What work gives, and the milliseconds it took. */
export function timed<Value>(work: () => Value): { readonly value: Value; readonly ms: number } {
  const began = performance.now();
  const value = work();
  return { value, ms: performance.now() - began };
}

/**
 * Probability that a score of one who did is above that of one who did not, ties counting half: the area under the ROC
 * curve, by ranks.
 */
export function areaUnderCurve(scores: readonly number[], did: readonly boolean[]): number {
  const order = scores.map((_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  let [ranks, positives] = [0, 0];
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) to++;
    for (let k = from; k < to; k++)
      if (did[order[k]!]) {
        ranks += (from + to + 1) / 2;
        positives++;
      }
    from = to;
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (order.length - positives));
}

export const rounded = (figure: number, digits: number): number => Number(figure.toFixed(digits));
