import type { Ranged } from "./figures.ts";
import { CONTROLS, OURS } from "./subjects.ts";

/** What is told of a subject: medians over its runs, and differences to the page without it, run by run. */
export type Loaded = {
  readonly name: string;
  readonly evaluateMs: number;
  readonly laterMs: number;
  readonly longestTaskMs: number;
  readonly longTasks: number;
  readonly blockingMs: number;
  readonly mainThreadMs: Ranged;
  readonly fcpMs: Ranged;
  readonly lcpMs: Ranged;
  readonly shift: number;
  readonly beforeEvent: number | undefined;
  readonly preflights: number;
};

/** A difference with its interval, in whole milliseconds. */
export const rangeText = ({ median, low, high }: Ranged): string =>
  `${median.toFixed(0)} [${low.toFixed(0)}, ${high.toFixed(0)}]`;

/** Paints may not come later by this much, in milliseconds. */
const PAINT_REACH_MS = 50;

/** Which of the reaches the snippet misses. */
export function failuresOf(load: readonly Loaded[]): string[] {
  const of = (name: string): Loaded => load.find((one) => one.name === name)!;
  const [ours, again] = [of(OURS), of(CONTROLS[1]!)];
  const reaches: readonly (readonly [string, boolean])[] = [
    [`evaluates for ${ours.evaluateMs} ms, not 10`, ours.evaluateMs <= 10],
    [
      `${ours.longTasks} long tasks, TBT ${ours.blockingMs} ms`,
      ours.longTasks === 0 && ours.blockingMs === 0,
    ],
    [`${ours.beforeEvent} requests before the first event, not 2`, ours.beforeEvent === 2],
    [`${ours.preflights} preflights`, ours.preflights === 0],
    [`layout shift ${ours.shift}`, ours.shift === 0],
    ...(["fcpMs", "lcpMs"] as const).map((paint) => paintReach(paint, ours[paint], again[paint])),
  ];
  return reaches.filter(([, isReached]) => !isReached).map(([reach]) => `load: ${reach}`);
}

/** Where the page without a script differs from itself by more than the reach, the machine is too busy to tell. */
function paintReach(paint: string, added: Ranged, noise: Ranged): readonly [string, boolean] {
  const isTold = noise.high - noise.low < 2 * PAINT_REACH_MS;
  return [
    `${paint} + ${rangeText(added)}${isTold ? "" : `: cannot be told, since two equal pages differ by ${rangeText(noise)}`}`,
    isTold && added.low <= 0 && added.high < PAINT_REACH_MS,
  ];
}
