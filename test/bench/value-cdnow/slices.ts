import { seededRng } from "../../../src/core/primitives/rng.ts";
import { fitValue } from "../../../src/core/value/fit-value.ts";
import { DAY } from "../../core/value/cdnow-orders.ts";
import { drawnShop } from "../../core/value/drawn-shop.ts";
import { rounded, timed } from "../value/measure.ts";

/** How long a shop's whole model takes to fit from 100,000 customers, and its longest slice. */
export function sliceFigures(): Record<string, unknown> {
  const options = { today: 20_000, daysAfter: 0, age: [1, 600] as const };
  const people = [...drawnShop(100_000, seededRng("slices"), options)].map(({ before }) => before);
  const slices = fitValue(people, { now: 20_000 * DAY, version: 1 });
  const all: number[] = [];
  for (;;) {
    const { value: step, ms } = timed(() => slices.next());
    all.push(ms);
    if (step.done) break;
  }
  const total = all.reduce((sum, ms) => sum + ms, 0);
  const lastMs = all.at(-1)!;
  return {
    customers: people.length,
    slices: all.length,
    totalMs: rounded(total, 0),
    longestMs: rounded(Math.max(...all), 1),
    lastMs: rounded(lastMs, 1),
  };
}
