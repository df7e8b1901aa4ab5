import { CARD_ANALYTICS, type Card } from "../../card/card.ts";
import { entryOf, isCustomer, netOf } from "../accumulator.ts";
import { Column } from "../ranks.ts";

/** What is measured of everybody, beside the kinds they care about and how they came. */
export const MEASURES = ["value", "orders", "silence", "visits", "decision"] as const;
export type Measure = (typeof MEASURES)[number];

/** How people become points, fixed at one run so that later ones can be compared with it. Plain JSON. */
export type Encoder = {
  /** Product types, most cared about first. Never a sensitive one. */
  readonly kinds: readonly string[];
  readonly sources: readonly string[];
  /** Median revenue of a customer by currency: a value is told as a multiple of it. */
  readonly medianMinor: Readonly<Record<string, number>>;
  readonly scales: Readonly<Record<Measure, { readonly mean: number; readonly deviation: number }>>;
};

/** Product types and sources that fewer people share say too much about them. */
const SHARED_BY_MIN = 50;
const KINDS_MAX = 24;
const SOURCES_MAX = 6;

/** How much a block weighs in the distance of two people: disjoint interests outweigh two measures at opposite ends. */
const KIND_WEIGHT = 2;
const SOURCE_WEIGHT = 0.7;
const MEASURE_WEIGHT = 0.7;
/** Beyond so many standard deviations more is not more different. */
const REACH = 2.5;

type Use = { people: number; weight: number };

/** Whether enough is known of somebody, and may be used, to say whom they are like. */
export const isGrouped = (card: Card): boolean =>
  (card.may & CARD_ANALYTICS) !== 0 &&
  (isCustomer(card) || (card.types?.length ?? 0) > 0 || (card.funnel?.[0] ?? 0) > 1);

/**
 * Learns from all people how to encode them.
 * @param today UTC day number
 * @param isSensitive product types that nobody may be grouped by
 */
export function gatherEncoder(
  today: number,
  isSensitive: (type: string) => boolean,
): { readonly add: (card: Card) => void; readonly finish: () => Generator<void, Encoder> } {
  const kinds = new Map<string, Use>();
  const sources = new Map<string, Use>();
  const revenue = new Map<string, Column>();
  const moments = MEASURES.map(() => ({ n: 0, sum: 0, squares: 0 }));
  const note = (i: number, x: number) => {
    moments[i]!.n++;
    moments[i]!.sum += x;
    moments[i]!.squares += x * x;
  };
  return {
    add(card) {
      if (!isGrouped(card)) return;
      for (const [type, share] of card.types ?? []) if (!isSensitive(type)) use(kinds, type, share);
      if (card.source !== undefined) use(sources, card.source, 1);
      if (isCustomer(card))
        entryOf(revenue, card.purchases.currency, () => new Column()).push(netOf(card.purchases));
      measuresOf(card, today, {}).forEach((x, i) => {
        if (x !== undefined && MEASURES[i] !== "value") note(i, x);
      });
    },
    *finish() {
      const medianMinor: Record<string, number> = {};
      // The scale of values needs the medians, which are known only now.
      for (const [currency, column] of revenue) {
        const sorted = column.sorted();
        yield;
        const median = Math.max(1, sorted[sorted.length >> 1]!);
        medianMinor[currency] = median;
        for (const minor of sorted) note(MEASURES.indexOf("value"), logValue(minor, median));
      }
      yield;
      const scales = moments.map(({ n, sum, squares }, i) => {
        const mean = n > 0 ? sum / n : 0;
        const deviation = n > 0 ? Math.sqrt(Math.max(0, squares / n - mean * mean)) : 0;
        return [MEASURES[i]!, { mean, deviation }];
      });
      return {
        kinds: largest(kinds, KINDS_MAX),
        sources: largest(sources, SOURCES_MAX),
        medianMinor,
        scales: Object.fromEntries(scales) as Encoder["scales"],
      };
    },
  };
}

function use(uses: Map<string, Use>, key: string, weight: number): void {
  const found = entryOf(uses, key, () => ({ people: 0, weight: 0 }));
  found.people++;
  found.weight += weight;
}

const largest = (uses: ReadonlyMap<string, Use>, max: number): string[] =>
  [...uses]
    .filter(([, { people }]) => people >= SHARED_BY_MIN)
    .sort(([a, x], [b, y]) => y.weight - x.weight || (a < b ? -1 : 1))
    .slice(0, max)
    .map(([key]) => key);

const logValue = (minor: number, median: number): number => Math.log1p(Math.max(0, minor) / median);

/** Measures in the order of `MEASURES`; `undefined` where there is nothing to measure, which counts as average. */
function measuresOf(card: Card, today: number, medianMinor: Encoder["medianMinor"]): (number | undefined)[] {
  const { purchases, funnel } = card;
  const median = purchases && medianMinor[purchases.currency];
  return [
    purchases && median !== undefined ? logValue(netOf(purchases), median) : undefined,
    Math.log1p(purchases?.orders ?? 0),
    Math.log1p(Math.max(0, today - card.lastDay)),
    funnel && Math.log1p(funnel[0]),
    // How readily a look becomes a cart, drawn to a half where there are few looks.
    funnel && (funnel[2] + 1) / (funnel[1] + 2),
  ];
}

/** Numbers of a point. */
export const dimensionsOf = ({ kinds, sources }: Encoder): number =>
  kinds.length + sources.length + MEASURES.length;

/** Measures of somebody in standard deviations from the mean, in the order of `MEASURES`; 0 where nothing is known. */
export const standingOf = ({ medianMinor, scales }: Encoder, card: Card, today: number): number[] =>
  measuresOf(card, today, medianMinor).map((x, i) => {
    const { mean, deviation } = scales[MEASURES[i]!];
    return x === undefined || deviation === 0 ? 0 : Math.max(-REACH, Math.min(REACH, (x - mean) / deviation));
  });

/**
 * Writes somebody as a point. Interests by the square root of their share, so that distances compare distributions
 * (Hellinger), sources as yes or no, measures in standard deviations.
 */
export function encode(encoder: Encoder, card: Card, today: number, point: Float64Array): void {
  const { kinds, sources } = encoder;
  point.fill(0);
  for (const [type, share] of card.types ?? []) {
    const at = kinds.indexOf(type);
    if (at >= 0) point[at] = KIND_WEIGHT * Math.sqrt(Math.max(0, share));
  }
  const source = card.source === undefined ? -1 : sources.indexOf(card.source);
  if (source >= 0) point[kinds.length + source] = SOURCE_WEIGHT;
  standingOf(encoder, card, today).forEach((x, i) => {
    point[kinds.length + sources.length + i] = MEASURE_WEIGHT * x;
  });
}

/**
 * Where a point of an earlier encoder lies in a later one, and how far off it is in what the later one does not know any more
 * (a squared distance).
 */
export function reencode(
  from: Encoder,
  point: ArrayLike<number>,
  to: Encoder,
): { readonly point: Float64Array; readonly beside: number } {
  const there = new Float64Array(dimensionsOf(to));
  let beside = 0;
  const place = (at: number, offset: number, x: number) => {
    if (at >= 0) there[offset + at] = x;
    else beside += x * x;
  };
  from.kinds.forEach((kind, i) => place(to.kinds.indexOf(kind), 0, point[i]!));
  from.sources.forEach((source, i) =>
    place(to.sources.indexOf(source), to.kinds.length, point[from.kinds.length + i]!),
  );
  MEASURES.forEach((measure, i) => {
    const [was, is] = [from.scales[measure], to.scales[measure]];
    const standing = point[from.kinds.length + from.sources.length + i]! / MEASURE_WEIGHT;
    const x = is.deviation > 0 ? (was.mean + standing * was.deviation - is.mean) / is.deviation : 0;
    place(i, to.kinds.length + to.sources.length, MEASURE_WEIGHT * x);
  });
  return { point: there, beside };
}
