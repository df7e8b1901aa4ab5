import { describe, expect, test } from "vitest";
import { CARD_MARKETING, type Card } from "../../../../src/core/card/card.ts";
import { adjustedRand } from "../../../../src/core/insight/micro-segments/adjusted-rand.ts";
import { gatherEncoder, type Encoder } from "../../../../src/core/insight/micro-segments/encoder.ts";
import {
  findMicroSegments,
  microSegmentsOn,
  type MicroSegmentOptions,
  type MicroSegments,
} from "../../../../src/core/insight/micro-segments/find.ts";
import { matchClusters } from "../../../../src/core/insight/micro-segments/match-clusters.ts";
import { seededRng, type Rng } from "../../../../src/core/primitives/rng.ts";
import { bought, times, TODAY, visitor } from "../people.ts";

type Person = { readonly card: Card; readonly truth: number };

/** How a planted cluster behaves on average. */
type Planted = {
  kind: string;
  source: string;
  orders: number;
  minor: number;
  silence: number;
  people: number;
};

const PLANTED: readonly Planted[] = [
  { kind: "Food > Tea", source: "search", orders: 9, minor: 9000, silence: 10, people: 450 },
  { kind: "Home > Lamps", source: "social", orders: 1, minor: 20_000, silence: 200, people: 300 },
  { kind: "Toys > Blocks", source: "mail", orders: 3, minor: 3000, silence: 40, people: 225 },
  { kind: "Books > Crime", source: "direct", orders: 2, minor: 1200, silence: 90, people: 150 },
];

/** People scattered about what their cluster is like: interests shared with others, one source in four by chance. */
function population(rng: Rng, planted: readonly Planted[] = PLANTED): Person[] {
  const scatter = () => Math.exp(0.5 * (rng() + rng() + rng() + rng() - 2));
  const anyOf = <T>(list: readonly T[]): T => list[Math.floor(rng() * list.length)]!;
  return planted.flatMap(({ kind, source, orders, minor, silence, people }, truth) =>
    times(people, (): Person => {
      const share = 0.5 + 0.4 * rng();
      const count = Math.max(1, Math.round(orders * scatter()));
      const other = anyOf(planted).kind;
      const card = visitor({
        types: [
          [kind, other === kind ? 1 : share],
          ...(other === kind ? [] : [[other, 1 - share] as [string, number]]),
        ],
        source: rng() < 0.75 ? source : anyOf(planted).source,
        lastDay: TODAY - Math.round(silence * scatter()),
        funnel: [5, 4, 2, 1, 1],
        purchases: bought({
          orders: count,
          repeats: count - 1,
          firstMinor: 0,
          repeatMinor: Math.round(minor * scatter()),
        }),
      });
      return { card, truth };
    }),
  );
}

function finished<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const run = (people: readonly Person[], options: Partial<MicroSegmentOptions> = {}): MicroSegments =>
  finished(
    findMicroSegments(() => people.map(({ card }) => card), {
      today: TODAY,
      rng: seededRng("run"),
      ...options,
    }),
  );

const idsOf = (found: MicroSegments, people: readonly Person[]) => {
  const idOf = microSegmentsOn(found, TODAY);
  return people.map(({ card }) => idOf(card));
};
const labels = (ids: readonly (string | undefined)[]) => ids.map((id) => Number(id?.slice(1) ?? -1));
const half = (people: readonly Person[], rng: Rng) => people.filter(() => rng() < 0.5);

const people = population(seededRng("people"));
const found = run(people);

describe("planted clusters", () => {
  test("are found, as many as there are", () => {
    expect(found.segments).toHaveLength(PLANTED.length);
    const agreement = adjustedRand(
      labels(idsOf(found, people)),
      people.map(({ truth }) => truth),
    );
    expect(agreement).toBeGreaterThan(0.8);
  });

  test("are counted and told in words", () => {
    expect(found.segments.reduce((sum, one) => sum + one.people, 0)).toBe(people.length);
    const sizes = found.segments.map((one) => one.people);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    const [tea, lamps] = found.segments.map(({ description }) => description);
    expect(tea).toBe("buys Tea often, was here lately, came by search");
    expect(lamps).toBe(
      "buys Lamps, orders seldom, spends above average, was not here for long, came by social media",
    );
  });

  test("are the same for the same seed, and plain JSON", () => {
    const some = half(people, seededRng("some"));
    expect(run(some)).toEqual(run(some));
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  test.each(["a", "b"])("keep their ids among half of the people, with another seed (%s)", (seed) => {
    const again = run(half(people, seededRng(seed)), { previous: found, rng: seededRng(`run ${seed}`) });
    const before = idsOf(found, people);
    const agree = idsOf(again, people).filter((id, i) => id === before[i]);
    expect(agree.length / people.length).toBeGreaterThan(0.95);
    expect(again.nextNumber).toBe(found.nextNumber);
  });

  test("a new one gets a new id, and the id of one that is gone does not come back", () => {
    const garden: Planted = {
      kind: "Garden > Seeds",
      source: "mail",
      orders: 5,
      minor: 2000,
      silence: 20,
      people: 500,
    };
    const changed = population(seededRng("changed"), [...PLANTED.slice(0, 3), garden]);
    const again = run(changed, { previous: found });
    const ids = again.segments.map(({ id }) => id);
    const gone = found.segments.find(({ description }) => description.includes("Crime"))!.id;
    const kept = found.segments.map(({ id }) => id).filter((id) => id !== gone);
    expect(ids.toSorted()).toEqual([...kept, `m${found.nextNumber}`].toSorted());
    expect(again.segments.find(({ description }) => description.includes("Seeds"))!.id).toBe("m5");
    const back = run(people, { previous: again });
    expect(back.segments.find(({ description }) => description.includes("Crime"))!.id).toBe("m6");
  });
});

describe("who is not grouped, and by what nobody is", () => {
  test("people without analytics", () => {
    const silent = people.map((one) => ({ ...one, card: { ...one.card, may: CARD_MARKETING } }));
    expect(run(silent).segments).toEqual([]);
    expect(new Set(idsOf(found, silent))).toEqual(new Set([undefined]));
  });

  test("sensitive kinds, and kinds and sources that few share", () => {
    const gathered = gatherEncoder(TODAY, (type) => type.startsWith("Food"));
    people.forEach(({ card }, i) => {
      const few = i < 49;
      gathered.add(few ? { ...card, source: "rare.example", types: [["Rare", 1]] } : card);
    });
    const { kinds, sources } = finished(gathered.finish());
    expect(kinds.toSorted()).toEqual(["Books > Crime", "Home > Lamps", "Toys > Blocks"]);
    expect(sources.toSorted()).toEqual(["direct", "mail", "search", "social"]);
  });

  test("clusters of fewer than 50 are given to others", () => {
    const small: Planted = {
      kind: "Garden > Seeds",
      source: "store",
      orders: 30,
      minor: 200_000,
      silence: 1,
      people: 45,
    };
    const { segments } = run(population(seededRng("small"), [...PLANTED, small]));
    expect(segments.every((one) => one.people >= 50)).toBe(true);
  });

  test("a single cloud of people is no segment, nor are few people", () => {
    const cloud = times(800, (i): Person => {
      const rng = seededRng(`cloud ${i}`);
      const wave = () => Math.exp(rng() + rng() + rng() + rng());
      const count = Math.ceil(wave());
      return {
        truth: 0,
        card: visitor({
          lastDay: TODAY - Math.round(10 * wave()),
          purchases: bought({ orders: count, firstMinor: Math.round(100 * wave()) }),
        }),
      };
    });
    expect(run(cloud).segments).toEqual([]);
    expect(run(people.slice(0, 90)).segments).toEqual([]);
    expect(run([]).segments).toEqual([]);
  });
});

test("adjusted Rand index", () => {
  // Hubert and Arabie's measure of {0,0,0,1,1,1} and {0,0,1,1,2,2}: (2 − 1.2) / (4.5 − 1.2).
  expect(adjustedRand([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2])).toBeCloseTo(0.8 / 3.3, 12);
  expect(adjustedRand([0, 1, 0, 1], [1, 1, 0, 0])).toBeCloseTo(-0.5, 12);
});

test("clusters are matched by where they lie, each once, also where kinds and scales have changed", () => {
  const scale = { mean: 0, deviation: 1 };
  const scales = { value: scale, orders: scale, silence: scale, visits: scale, decision: scale };
  const before: Encoder = { kinds: ["Tea", "Mugs"], sources: [], medianMinor: {}, scales };
  const now: Encoder = {
    kinds: ["Mugs", "Lamps", "Tea"],
    sources: ["mail"],
    medianMinor: {},
    scales: { ...scales, value: { mean: 1, deviation: 2 } },
  };
  const earlier = {
    encoder: before,
    centers: [
      [2, 0, 0.7, 0, 0, 0, 0],
      [0, 2, 0, 0, 0, 0, 0],
    ],
  };
  // A value of 0.7 / 0.7 = 1 deviation is the new mean; what was the mean lies half a new deviation below it.
  const tea = [0, 0, 2, 0, 0, 0, 0, 0, 0];
  const mugs = [2, 0, 0, 0, -0.35, 0, 0, 0, 0];
  const lamps = [0, 2, 0, 0, 0, 0, 0, 0, 0];
  const match = (...centers: number[][]) => matchClusters({ encoder: now, centers }, earlier);
  expect(match(mugs, lamps, tea)).toEqual([1, undefined, 0]);
  expect(match(lamps, tea.with(2, 1.8), tea.with(2, 1.5))).toEqual([undefined, undefined, undefined]);
});
