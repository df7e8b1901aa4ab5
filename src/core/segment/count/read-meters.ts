import { DAY_MS, type EpochMs } from "../../primitives/time.ts";
import type { CompiledMeters, Meter, Reading } from "./meter.ts";
import { firstAfter, type MeterState, type MeterStates } from "./meter-state.ts";

/**
 * What conditions read as `meters`, at a moment. Counts and sums are numbers, 0 where nothing happened; days are whole
 * days since the moment, `null` where it never happened; a ratio to nothing is `null`.
 */
export function readMeters(
  states: MeterStates,
  { readings }: CompiledMeters,
  now: EpochMs,
): { readonly [key: string]: number | null } {
  const read: Record<string, number | null> = {};
  for (const reading of readings.values()) read[reading.key] = readOne(reading, states, now);
  return read;
}

/** One reading at a moment. */
export function readOne(reading: Reading, states: MeterStates, now: EpochMs): number | null {
  const state = states[reading.meter.key];
  switch (reading.operator) {
    case "$count":
      return countOf(state, reading.meter, now);
    case "$sum":
      return sumOf(state, reading.meter, now);
    case "$daysSinceFirst":
      return daysSince(edgeOf(state, reading.meter, now, "first"), now);
    case "$daysSinceLast":
      return daysSince(edgeOf(state, reading.meter, now, "last"), now);
    case "$ratio": {
      const whole = countOf(states[reading.to!.key], reading.to!, now);
      return whole === 0 ? null : countOf(state, reading.meter, now) / whole;
    }
  }
}

/** Index of the oldest occurrence that still counts. */
const startOf = (at: readonly EpochMs[], { definition }: Meter, now: EpochMs): number =>
  firstAfter(at, now - (definition.windowMs ?? Number.POSITIVE_INFINITY));

function countOf(state: MeterState | undefined, meter: Meter, now: EpochMs): number {
  if (!state) return 0;
  return "count" in state ? state.count : state.at.length - startOf(state.at, meter, now);
}

/** Money in major units; summed in minor ones, which are whole, so that no cent is ever lost or made. */
function sumOf(state: MeterState | undefined, meter: Meter, now: EpochMs): number {
  if (!state) return 0;
  let sum = 0;
  if ("count" in state) sum = state.sum;
  else for (let i = startOf(state.at, meter, now); i < state.at.length; i++) sum += state.by?.[i] ?? 1;
  return sum / 10 ** (state.digits ?? 0);
}

function edgeOf(
  state: MeterState | undefined,
  meter: Meter,
  now: EpochMs,
  edge: "first" | "last",
): EpochMs | null {
  if (!state) return null;
  if ("count" in state) return state[edge];
  const start = startOf(state.at, meter, now);
  return state.at[edge === "first" ? start : Math.max(start, state.at.length - 1)] ?? null;
}

/** Whole days, 0 on the first; a clock that runs ahead makes no negative ones. */
const daysSince = (moment: EpochMs | null, now: EpochMs): number | null =>
  moment === null ? null : Math.max(0, Math.floor((now - moment) / DAY_MS));
