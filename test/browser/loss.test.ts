import { beforeAll, describe, expect, test } from "vitest";
import { measureLoss } from "../bench/snippet/loss/measure.ts";
import type { Plant } from "../bench/snippet/loss/plants.ts";
import { SCENARIOS } from "../bench/snippet/loss/shelf.ts";
import type { Tally } from "../bench/snippet/loss/tally.ts";

/** Which defect is planted for which scenario, and how often. Without a defect each is played once: the bench does more. */
const PLANTED: Readonly<Partial<Record<Plant, Readonly<Record<string, number>>>>> = {
  "no-keepalive": { A: 3, crash: 1 },
  "no-storage": { crash: 1 },
  "new-ids": { "answer-lost": 1 },
  preflight: { A: 1 },
};
const MANNER = { parallel: 8, delayMs: 150, exitMs: 4000, outageMs: 2000, patienceMs: 8000 };
/** On a machine that others use too. */
const TIMEOUT_MS = 240_000;

let tallies: readonly Tally[];
const of = (scenario: string, plant?: Plant): Tally =>
  tallies.find((tally) => tally.scenario === scenario && tally.plant === plant)!;

beforeAll(async () => {
  tallies = await measureLoss({
    ...MANNER,
    scenarios: SCENARIOS,
    trials: ({ name }, plant) => (plant === undefined ? 1 : (PLANTED[plant]?.[name] ?? 0)),
    plants: Object.keys(PLANTED) as Plant[],
  });
}, TIMEOUT_MS);

describe("between a page and the Worker nothing is lost and nothing is counted twice", () => {
  for (const { name, what, missing } of SCENARIOS)
    test.skipIf(missing)(`${name}: ${what}`, () => {
      const { promised, broken, examples, failures } = of(name);
      expect(promised).toBeGreaterThan(0);
      expect({ broken, failures }, examples.join("; ")).toEqual({ broken: [], failures: [] });
    });
});

describe("a snippet with a defect does not pass", () => {
  test("requests that end with the page are late", () => {
    expect(of("A", "no-keepalive").onExit).toBeLessThan(0.95);
  });
  test("what is not kept before it is sent is lost in a crash", () => {
    expect(of("crash", "no-storage").missing).toBeGreaterThan(0);
    expect(of("crash", "no-keepalive").missing).toBe(0);
  });
  test("events whose ids are made anew are counted twice", () => {
    expect(of("answer-lost", "new-ids").duplicates).toBeGreaterThan(0);
  });
  test("requests that ask for permission are seen", () => {
    expect(of("A", "preflight").preflights).toBeGreaterThan(0);
  });
});
