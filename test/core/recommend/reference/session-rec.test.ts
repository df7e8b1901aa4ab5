import { beforeAll, describe, expect, test } from "vitest";
import { visitsOf } from "../../../bench/session/click.ts";
import { parseTsv } from "../../../bench/session/read-tsv.ts";
import type { Recommender } from "../../../bench/session/recommender.ts";
import { numbersIn, setOf, union, type PythonSet } from "../../../bench/session/reference/python-set.ts";
import { associationRules, sequentialRules } from "../../../bench/session/reference/rules.ts";
import type { SessionIndex } from "../../../bench/session/reference/session-index.ts";
import { vsknn } from "../../../bench/session/reference/vsknn.ts";
import { readShared } from "../../../support/shared.ts";

const FOLDER = "data/rsc15-100k";
const linesOf = (path: string) => readShared(`${FOLDER}/${path}`)?.trim().split("\n");
const clicksOf = (part: string) => {
  const path = `yoochoose-clicks-100k_${part}.txt.gz`;
  return parseTsv(linesOf(path)!, path);
};

/** Candidates as session-rec holds them: a Python set that took in the sessions of one item after the other. */
function pythonOrder(): (index: SessionIndex, visit: readonly number[]) => number[] {
  const sets = new Map<number, PythonSet>();
  const withItem = (index: SessionIndex, item: number) => {
    const known = sets.get(item);
    if (known) return known;
    const made = setOf((index.withItem[item] ?? []).map((session) => Number(index.sessions[session]!.id)));
    sets.set(item, made);
    return made;
  };
  return (index, visit) => {
    const all = visit.reduce((relevant, item) => union(relevant, withItem(index, item)), setOf([]));
    return numbersIn(all).map((id) => index.numberOfSession.get(String(id))!);
  };
}

const algorithms: readonly (readonly [string, () => Recommender])[] = [
  ["ar", () => associationRules()],
  ["sr", () => sequentialRules({ steps: 20, weighting: "quadratic" })],
  ["vsknn", () => vsknn({ k: 500, sample: 5000, weighting: "quadratic", idf: 5, tieOrder: pythonOrder() })],
];
const TOLERANCE = 1e-9;
// Seconds, where another job has the machine.
const TIMEOUT_MS = 30_000;

describe.skipIf(linesOf("recommendations/recoms_rsc15_100k_ar.csv.gz") === undefined)(
  "lists that session-rec itself wrote for rsc15-100k",
  () => {
    let train: ReturnType<typeof clicksOf>;
    let visits: Map<string, string[]>;
    beforeAll(() => {
      train = clicksOf("train_full");
      const known = new Set(train.map(({ item }) => item));
      const asked = clicksOf("test").filter(({ item }) => known.has(item));
      visits = new Map(visitsOf(asked).map(({ id, clicks }) => [id, clicks.map(({ item }) => item)]));
    });

    test.each(algorithms)(
      "%s gives the same 50 scores at each of 387 positions",
      { timeout: TIMEOUT_MS },
      (name, make) => {
        const recommender = make();
        for (const click of train) recommender.learn(click);
        recommender.refresh(train.at(-1)!.at, true);
        const rows = linesOf(`recommendations/recoms_rsc15_100k_${name}.csv.gz`)!.slice(1);
        const wrong: string[] = [];
        let compared = 0;
        for (const row of rows) {
          const [session, position, list, numbers] = row.split(";") as [string, string, string, string];
          const items = visits.get(session)!.slice(0, Number(position) + 1);
          const guesses = recommender.predict({ session: "", items, at: 0 }, 50);
          const best = guesses[0]?.score ?? 1;
          const scores = numbers.split(",").map(Number);
          // An item that shares its score with another listed one, or with the last, whose equals may not be listed, has
          // no place of its own.
          const isAlone = (score: number) =>
            scores.filter((other) => Math.abs(other - score) < TOLERANCE).length === 1 &&
            score - scores.at(-1)! > TOLERANCE;
          for (const [rank, item] of list.split(",").entries()) {
            const score = scores[rank]!;
            const guess = guesses[rank];
            const isSame = Math.abs((guess?.score ?? 0) / best - score) <= TOLERANCE;
            compared += 1;
            if (!isSame || (isAlone(score) && guess?.item !== item)) {
              wrong.push(
                `${session};${position} rank ${rank}: ${guess?.item} ${guess?.score} for ${item} ${score}`,
              );
            }
          }
        }
        expect(wrong).toEqual([]);
        expect(compared).toBe(387 * 50);
      },
    );
  },
);
