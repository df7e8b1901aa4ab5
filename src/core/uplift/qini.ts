/** One customer of a randomised trial, and how much a model expects the treatment to change. */
export type ScoredOutcome = {
  readonly score: number;
  readonly isTreated: boolean;
  readonly hasConverted: boolean;
};

/** After so many customers in the order of their scores, so many conversions more than without treatment. */
export type QiniPoint = { readonly targeted: number; readonly gain: number };

/**
 * What treating customers in descending order of their scores gains: conversions of the treated so far, minus those of
 * the control so far scaled to as many customers. Starts at (0, 0); customers of equal score come in together.
 * Source: Radcliffe 2007, "Using control groups to target on predicted lift"; points as `qini_curve` of scikit-uplift.
 * @example qiniCurve([{ score: 1, isTreated: true, hasConverted: true }])[1] // { targeted: 1, gain: 1 }
 */
export function qiniCurve(outcomes: readonly ScoredOutcome[]): QiniPoint[] {
  const sorted = outcomes.toSorted((x, y) => (x.score < y.score ? 1 : x.score > y.score ? -1 : 0));
  const points: QiniPoint[] = [{ targeted: 0, gain: 0 }];
  const users = { treated: 0, control: 0 };
  const conversions = { treated: 0, control: 0 };
  sorted.forEach(({ score, isTreated, hasConverted }, i) => {
    const arm = isTreated ? "treated" : "control";
    users[arm]++;
    if (hasConverted) conversions[arm]++;
    if (sorted[i + 1]?.score === score) return;
    const scale = users.control === 0 ? 0 : users.treated / users.control;
    points.push({ targeted: i + 1, gain: conversions.treated - conversions.control * scale });
  });
  return points;
}

/**
 * The curve of an oracle: the treated who converted first, the untreated who converted last. Includes customers whom
 * treatment drives away (`negative_effect=True` in scikit-uplift).
 */
export function perfectQiniCurve(outcomes: readonly ScoredOutcome[]): QiniPoint[] {
  return qiniCurve(
    outcomes.map((one) => ({ ...one, score: one.hasConverted ? (one.isTreated ? 1 : -1) : 0 })),
  );
}

/**
 * How well scores find those who gain: area between the curve and the straight line of a random order, over that of the
 * oracle. 1 is perfect, 0 is random, below 0 is worse. `undefined` where it has no meaning: an arm without customers, a
 * score that is no number, or an oracle no better than chance (nobody converted).
 * Source: `qini_auc_score` of scikit-uplift.
 * @example qiniCoefficient(outcomes) // 0.1
 */
export function qiniCoefficient(outcomes: readonly ScoredOutcome[]): number | undefined {
  const treated = outcomes.reduce((sum, { isTreated }) => sum + (isTreated ? 1 : 0), 0);
  if (treated === 0 || treated === outcomes.length || outcomes.some(({ score }) => Number.isNaN(score)))
    return undefined;
  const perfect = perfectQiniCurve(outcomes);
  const last = perfect.at(-1)!;
  const random = (last.targeted * last.gain) / 2;
  const best = areaOf(perfect) - random;
  return best > 0 ? (areaOf(qiniCurve(outcomes)) - random) / best : undefined;
}

/** Area under a curve by trapezoids. */
function areaOf(points: readonly QiniPoint[]): number {
  let area = 0;
  for (let i = 1; i < points.length; i++) {
    const [from, to] = [points[i - 1]!, points[i]!];
    area += ((to.targeted - from.targeted) * (from.gain + to.gain)) / 2;
  }
  return area;
}
