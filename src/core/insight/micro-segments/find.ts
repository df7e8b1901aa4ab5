import type { Card } from "../../card/card.ts";
import type { Rng } from "../../primitives/rng.ts";
import { chooseK } from "./choose-k.ts";
import { describeTraits, traitsOf, type Traits } from "./describe.ts";
import { dimensionsOf, encode, gatherEncoder, isGrouped, type Encoder } from "./encoder.ts";
import { kMeans, nearest, pointAt, type Points } from "./k-means.ts";
import { matchClusters } from "./match-clusters.ts";
import { addToProfile, newProfile, type Profile } from "./profile.ts";

/** A group of people found in the data. */
export type MicroSegment = {
  /** Stays the same from run to run for as long as most of the people do; never used again. @example "m3" */
  readonly id: string;
  readonly description: string;
  readonly people: number;
  /** Share of all people who were grouped. */
  readonly share: number;
  readonly traits: Traits;
};

/** What a run found: enough to tell anybody's group until the next one. Plain JSON. */
export type MicroSegments = {
  readonly encoder: Encoder;
  /** Largest first; none where people are one cloud, or fewer than 100. */
  readonly segments: readonly MicroSegment[];
  /** Centre of each segment, in the same order. */
  readonly centers: readonly (readonly number[])[];
  /** Number that the next new segment gets. */
  readonly nextNumber: number;
};

export type MicroSegmentOptions = {
  /** UTC day number. */
  readonly today: number;
  readonly rng: Rng;
  /** What the last run found; ids are carried over from it. */
  readonly previous?: MicroSegments | undefined;
  /** Product types that nobody may be grouped by, as of now: cards told before may still hold one. */
  readonly isSensitive?: ((type: string) => boolean) | undefined;
};

/** Smaller clusters are given to their neighbours. */
const CLUSTER_MIN = 50;
const CLUSTERS_MAX = 12;
/** People from whom the clusters are found, and from whom their number is; everybody is then told apart by them. */
const SAMPLE_MAX = 6000;
const SAMPLE_FOR_NUMBER = 1500;
/** Cards between two yields. */
const SLICE = 500;

/**
 * Finds groups of people who are alike in interests, value and behaviour, and tells what each is like. Yields often enough
 * that no step takes 30 ms beyond what reading the cards takes; goes over the cards three times or a few more.
 * @param cards all cards, from the start whenever it is called
 */
export function* findMicroSegments(
  cards: () => Iterable<Card>,
  options: MicroSegmentOptions,
): Generator<void, MicroSegments> {
  const { today, rng, previous, isSensitive = () => false } = options;
  const gathered = gatherEncoder(today, isSensitive);
  for (const card of sliced(cards())) {
    if (card === undefined) yield;
    else gathered.add(card);
  }
  const encoder = yield* gathered.finish();
  const sample = yield* sampleOf(cards, encoder, today, rng);
  let centers: Float64Array[] = [];
  if (sample.n >= 2 * CLUSTER_MIN) {
    const few = Math.min(sample.n, SAMPLE_FOR_NUMBER);
    const forNumber = { ...sample, n: few, values: sample.values.subarray(0, few * sample.dimensions) };
    const k = yield* chooseK(forNumber, Math.min(CLUSTERS_MAX, Math.floor(few / CLUSTER_MIN)), rng);
    if (k > 1) centers = yield* kMeans(sample, k, rng);
  }
  const nextNumber = previous?.nextNumber ?? 1;
  let groups = yield* groupsOf(cards, encoder, centers, today);
  while (centers.length > 1 && groups.profiles.some(({ people }) => people < CLUSTER_MIN)) {
    const sizes = groups.profiles.map(({ people }) => people);
    centers = centers.toSpliced(sizes.indexOf(Math.min(...sizes)), 1);
    groups = yield* groupsOf(cards, encoder, centers, today);
  }
  if (centers.length < 2) return { encoder, segments: [], centers: [], nextNumber };
  return named(encoder, centers, groups, previous, nextNumber);
}

/** Cards with an `undefined` now and then: the moment to yield. */
function* sliced(cards: Iterable<Card>): Generator<Card | undefined> {
  let count = 0;
  for (const card of cards) {
    if (++count % SLICE === 0) yield undefined;
    yield card;
  }
}

/** People drawn with equal chances, in random order (reservoir, then shuffled). */
function* sampleOf(
  cards: () => Iterable<Card>,
  encoder: Encoder,
  today: number,
  rng: Rng,
): Generator<void, Points> {
  const dimensions = dimensionsOf(encoder);
  const drawn: Float64Array[] = [];
  let seen = 0;
  for (const card of sliced(cards())) {
    if (card === undefined) yield;
    if (card === undefined || !isGrouped(card)) continue;
    const place = seen < SAMPLE_MAX ? seen : Math.floor(rng() * (seen + 1));
    seen++;
    if (place >= SAMPLE_MAX) continue;
    const point = (drawn[place] ??= new Float64Array(dimensions));
    encode(encoder, card, today, point);
  }
  for (let i = drawn.length - 1; i > 0; i--) {
    const j = Math.floor(rng() * (i + 1));
    [drawn[i], drawn[j]] = [drawn[j]!, drawn[i]!];
  }
  const points = { n: drawn.length, dimensions, values: new Float64Array(drawn.length * dimensions) };
  drawn.forEach((point, i) => pointAt(points, i).set(point));
  return points;
}

type Groups = { readonly profiles: Profile[]; readonly all: Profile };

/** What the people of each centre are like, and all of them. */
function* groupsOf(
  cards: () => Iterable<Card>,
  encoder: Encoder,
  centers: readonly Float64Array[],
  today: number,
): Generator<void, Groups> {
  const profiles = centers.map(() => newProfile(encoder));
  const all = newProfile(encoder);
  const point = new Float64Array(dimensionsOf(encoder));
  for (const card of centers.length > 0 ? sliced(cards()) : []) {
    if (card === undefined) yield;
    if (card === undefined || !isGrouped(card)) continue;
    encode(encoder, card, today, point);
    addToProfile(profiles[nearest(point, centers)]!, encoder, card, today);
    addToProfile(all, encoder, card, today);
  }
  return { profiles, all };
}

function named(
  encoder: Encoder,
  centers: readonly Float64Array[],
  { profiles, all }: Groups,
  previous: MicroSegments | undefined,
  firstNumber: number,
): MicroSegments {
  const matched = previous ? matchClusters({ encoder, centers }, previous) : [];
  let nextNumber = firstNumber;
  const order = centers.map((_, i) => i).sort((a, b) => profiles[b]!.people - profiles[a]!.people || a - b);
  const segments = order.map((i): MicroSegment => {
    const traits = traitsOf(profiles[i]!, all, encoder);
    const old = matched[i];
    const { people } = profiles[i]!;
    return {
      id: old === undefined ? `m${nextNumber++}` : previous!.segments[old]!.id,
      description: describeTraits(traits),
      people,
      share: people / all.people,
      traits,
    };
  });
  return { encoder, segments, centers: order.map((i) => [...centers[i]!]), nextNumber };
}

/**
 * Tells the micro-segment of anybody on a day; `undefined` where too little is known of them, or where there are none.
 * @param today UTC day number
 */
export function microSegmentsOn(
  { encoder, segments, centers }: MicroSegments,
  today: number,
): (card: Card) => string | undefined {
  const places = centers.map((center) => Float64Array.from(center));
  const point = new Float64Array(dimensionsOf(encoder));
  return (card) => {
    if (places.length === 0 || !isGrouped(card)) return undefined;
    encode(encoder, card, today, point);
    return segments[nearest(point, places)]?.id;
  };
}
