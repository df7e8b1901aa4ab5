import type { Purpose } from "../consent/consent.ts";
import type { World } from "../decide/world.ts";
import type { EpochMs } from "../primitives/time.ts";
import type { Condition } from "../segment/condition.ts";
import { compileSegments } from "../segment/membership/compile-segments.ts";
import { quietTurn } from "./attend.ts";
import { belong } from "./belong.ts";
import type { Whole } from "./customer.ts";
import type { LogRow } from "./log-row.ts";

/** No segment of a config can be called so. */
const CANDIDATE = "$candidate";

/** Whether somebody would be in a segment that is not published. Changes nothing. */
export function isInCandidate(
  customer: Whole,
  world: World,
  candidate: { readonly when: Condition; readonly purpose?: Purpose | undefined },
  rows: () => Iterable<LogRow>,
  now: EpochMs,
): boolean {
  const segments = compileSegments({ ...world.config.config.segments, [CANDIDATE]: candidate });
  const asked: World = { ...world, config: { ...world.config, segments } };
  // Counted for the question alone: what is stored stays as it is.
  const copy: Whole = { ...customer, attention: { ...customer.attention, meters: {} } };
  const turn = quietTurn({ now, seq: customer.nextSeq, subject: "", rows });
  return belong(copy, asked, turn).segments.includes(CANDIDATE);
}
