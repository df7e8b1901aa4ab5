import { expect, test } from "vitest";
import { run } from "../crash/run.ts";

/** A short run of `npm run crash`, so that nobody has to remember it: three kills, silence, and a recount of everything. */
test("kill -9 in the middle of writing loses nothing that was acknowledged and counts nothing twice", async () => {
  const outcome = await run({ kills: 3, events: 500, seed: 7, minutes: 1 });
  expect(outcome.kills).toBe(3);
  expect(outcome.acknowledged).toBeGreaterThanOrEqual(500);
  expect(outcome.resent).toBeGreaterThan(0);
  expect(outcome.checked["orders"]).toBeGreaterThan(0);
  expect(outcome.defects).toEqual([]);
}, 150_000);
