/**
 * Team-draft interleaving against an A/B test of the same recommenders on a click model, and its error rate when both
 * are equally good. A visitor sees one list of ten out of thirty items, looks at places with falling probability and
 * clicks what attracts; visitors differ in how much they click at all, which an A/B test has to average out and a
 * comparison inside one list does not. Recommender b sees the true attraction through noise of size 1, a through noise
 * of size 1 + delta. `npx node test/bench/stats/interleave.ts [--full]`; last line JSON.
 */
import { creditClicks, preferencesOf, type Credits } from "../../../src/core/interleave/credits.ts";
import { signTest } from "../../../src/core/interleave/sign-test.ts";
import { teamDraft } from "../../../src/core/interleave/team-draft.ts";
import { seededRng, type Rng } from "../../../src/core/primitives/rng.ts";
import { normalQuantile } from "../../../src/core/stats/normal.ts";
import { welch } from "../../../src/core/stats/welch.ts";

const POOL = Array.from({ length: 30 }, (_, i) => `item-${i}`);
const PLACES = 10;
/** Share of visitors who look at a place: the reciprocal of the logarithm, as in discounted cumulative gain. */
const LOOKS = Array.from({ length: PLACES }, (_, place) => 1 / Math.log2(place + 2));
/** Standard deviation of the log-odds with which a visitor clicks at all: the chosen one, and others beside it. */
const EAGERNESS = 1.5;
const OTHER_EAGERNESS = [0, 2];
const BASE = -3.5;

// A table instead of a quantile per draw: normal to three digits, and quick.
const TABLE = Array.from({ length: 4096 }, (_, i) => normalQuantile((i + 0.5) / 4096));
const gaussian = (rng: Rng): number => TABLE[Math.floor(rng() * 4096)]!;

/** Visitors are drawn from so many, with replacement: sorting lists for each anew would take most of the time. */
const VISITORS = 40_000;

type Visitor = {
  readonly a: readonly string[];
  readonly b: readonly string[];
  /** Probability of a click on an item that is looked at. */
  readonly attracted: ReadonlyMap<string, number>;
};

function visitorOf(rng: Rng, noiseA: number, spread: number): Visitor {
  const attraction = POOL.map(() => gaussian(rng));
  const eagerness = BASE + spread * gaussian(rng);
  const list = (noise: number): string[] => {
    const seen = attraction.map((value) => value + noise * gaussian(rng));
    return POOL.map((_, i) => i)
      .sort((x, y) => seen[y]! - seen[x]!)
      .slice(0, PLACES)
      .map((i) => POOL[i]!);
  };
  const attracted = new Map(POOL.map((item, i) => [item, 1 / (1 + Math.exp(-eagerness - attraction[i]!))]));
  return { a: list(noiseA), b: list(1), attracted };
}

const visitorsOf = (rng: Rng, count: number, delta: number, spread: number): Visitor[] =>
  Array.from({ length: count }, () => visitorOf(rng, 1 + delta, spread));

const clicksOf = (rng: Rng, { attracted }: Visitor, shown: readonly string[]): string[] =>
  shown.filter((item, place) => rng() < LOOKS[place]! * attracted.get(item)!);

const oneOf = (rng: Rng, visitors: readonly Visitor[]): Visitor =>
  visitors[Math.floor(rng() * visitors.length)]!;

/** z of the sign test over one draft per visitor (positive where b wins), and its p. */
function interleaved(rng: Rng, visitors: readonly Visitor[], users: number, isNull = false) {
  const credits: Credits[][] = [];
  for (let user = 0; user < users; user++) {
    const visitor = oneOf(rng, visitors);
    // Exchanged by a coin, the two are exactly as good as each other.
    const { a, b } = isNull && rng() < 0.5 ? { a: visitor.b, b: visitor.a } : visitor;
    const shown = teamDraft(a, b, PLACES, rng);
    const clicked = clicksOf(
      rng,
      visitor,
      shown.map(({ item }) => item),
    );
    credits.push([creditClicks(shown, clicked)]);
  }
  const { a, b } = preferencesOf(credits);
  return { z: (b - a) / Math.sqrt(Math.max(1, a + b)), p: signTest(b, a) };
}

/** z of Welch's test on clicks per visitor with half of the visitors each. */
function splitTested(rng: Rng, visitors: readonly Visitor[], users: number) {
  const arms = [0, 1].map(() => ({ n: 0, sum: 0, sumSquares: 0 }));
  for (let user = 0; user < users; user++) {
    const visitor = oneOf(rng, visitors);
    const count = clicksOf(rng, visitor, user % 2 === 0 ? visitor.a : visitor.b).length;
    const arm = arms[user % 2]!;
    arm.n++;
    arm.sum += count;
    arm.sumSquares += count * count;
  }
  const test = welch(arms[0]!, arms[1]!);
  return { z: test === undefined ? 0 : test.difference / test.standardError, p: test?.p ?? 1 };
}

const meanOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

export type RatioSettings = {
  readonly delta: number;
  readonly users: number;
  readonly runs: number;
  readonly eagerness?: number;
  readonly visitors?: number;
};

/** How many times the visitors an A/B test needs for the same z: the square of the ratio of mean z. */
export function runRatio(settings: RatioSettings) {
  const { delta, users, runs, eagerness = EAGERNESS } = settings;
  const rng = seededRng(`ratio-${delta}`);
  const visitors = visitorsOf(rng, settings.visitors ?? VISITORS, delta, eagerness);
  const drafts = Array.from({ length: runs }, () => interleaved(rng, visitors, users));
  const splits = Array.from({ length: runs }, () => splitTested(rng, visitors, users));
  const [draftZ, splitZ] = [meanOf(drafts.map(({ z }) => z)), meanOf(splits.map(({ z }) => z))];
  const power = (tests: readonly { p: number }[]) => tests.filter(({ p }) => p < 0.05).length / runs;
  return {
    delta,
    users,
    runs,
    eagerness,
    interleavingZ: draftZ,
    splitZ,
    equivalentUserRatio: (draftZ / splitZ) ** 2,
    power: { interleaving: power(drafts), split: power(splits) },
  };
}

/**
 * Share of drafts between equally good recommenders that the sign test calls different, at p < 0.05. Their lists differ;
 * only which one is better does not.
 */
export function runNull({ users, runs }: { users: number; runs: number }) {
  const rng = seededRng("null");
  const visitors = visitorsOf(rng, 10_000, 0, EAGERNESS);
  let alarms = 0;
  for (let run = 0; run < runs; run++) if (interleaved(rng, visitors, users, true).p < 0.05) alarms++;
  return { users, runs, alarmShare: alarms / runs };
}

if (import.meta.main) {
  const isFull = process.argv.includes("--full");
  const size = { users: 2000, runs: isFull ? 600 : 150 };
  const interleave = {
    large: runRatio({ ...size, delta: 0.5 }),
    small: runRatio({ ...size, delta: 0.25 }),
    others: OTHER_EAGERNESS.map((eagerness) => runRatio({ ...size, delta: 0.5, eagerness })),
    null: runNull({ users: 2000, runs: isFull ? 10_000 : 1000 }),
  };
  console.log(JSON.stringify({ interleave }));
}
