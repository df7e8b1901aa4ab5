import { SECOND_MS, type EpochMs } from "../primitives/time.ts";

/** Ten years: later changes of an order are all the latest. */
const SPAN_MS = 315_360_000_000;

/**
 * When an order was placed, with its version in the part below a second: systems tell whole seconds there, and the later
 * of two tellings of an order wins by its moment. So an order changed a week later stays on its day and yet replaces
 * what was told before. Changes are told apart while each comes at least 3 % later after the order than the one before.
 * @example orderMoment(1_000_000_000_000, 1_000_000_060_000) // 1_000_000_000_415, a minute later
 */
export function orderMoment(placedAt: EpochMs, changedAt: EpochMs | undefined): EpochMs {
  const second = Math.floor(placedAt / SECOND_MS) * SECOND_MS;
  const afterMs = Math.min(SPAN_MS, Math.max(0, (changedAt ?? placedAt) - placedAt));
  if (afterMs === 0) return placedAt;
  const version = Math.floor((999 * Math.log1p(afterMs)) / Math.log1p(SPAN_MS));
  return Math.max(placedAt, second + version);
}
