import { afterAll, beforeAll, expect, test } from "vitest";
import { plantDefect } from "../crash/bundle.ts";
import { THREATS } from "../threats/list.ts";
import { run } from "../threats/run.ts";
import { Stage } from "../threats/stage.ts";

/** A few quick attacks of `npm run threats`, so that a defence that broke is noticed without it. */
const QUICK = ["T1", "T2", "T3", "T10", "T18"];
let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open(undefined);
});
afterAll(() => stage?.close());

for (const threat of THREATS.filter(({ id }) => QUICK.includes(id)))
  test(`${threat.id}: ${threat.title}`, async () => {
    const shared = threat.ground === undefined ? stage : undefined;
    const { outcome, error } = await run(threat, undefined, shared);
    expect(error).toBeUndefined();
    expect(outcome?.breached, outcome?.note).toBe(false);
  }, 60_000);

test("every defence that is switched off for a control still stands in the source", () => {
  const defects = THREATS.flatMap(({ id, off }) =>
    off.flatMap(
      ({ name, edits }) => plantDefect({ name: `${id} ${name}`, note: "", caughtBy: [], edits }) ?? [],
    ),
  );
  expect(defects).toEqual([]);
  expect(THREATS.map(({ id }) => id)).toEqual(Array.from({ length: 25 }, (_, i) => `T${i + 1}`));
  for (const { id, off } of THREATS) expect(off.length, id).toBeGreaterThan(0);
});
