/** Requests under way at once: what the platform lets one object wait for. */
export const IN_FLIGHT_MAX = 6;
/** Of these, to one endpoint: a sound one can never take all. */
const PER_ENDPOINT_MAX = 3;
/** Of these, to all slow endpoints together: the others always have room. */
const SLOW_MAX = 3;
/** An endpoint that takes longer than this to answer is slow, until it answers sooner. Milliseconds. */
export const SLOW_MS = 3_000;

/**
 * Whether one more request may go to an endpoint now. Slow endpoints are sent to one at a time and share a part of the
 * room, so that one that hangs delays nobody but itself.
 * @param inFlight requests under way, by endpoint
 * @param slow endpoints whose latest answer took too long, or that are being waited for too long
 */
export function mayStart(
  endpoint: string,
  inFlight: ReadonlyMap<string, number>,
  slow: ReadonlySet<string>,
): boolean {
  let all = 0;
  let toSlow = 0;
  for (const [id, count] of inFlight) {
    all += count;
    if (slow.has(id)) toSlow += count;
  }
  const own = inFlight.get(endpoint) ?? 0;
  if (all >= IN_FLIGHT_MAX) return false;
  return slow.has(endpoint) ? own === 0 && toSlow < SLOW_MAX : own < PER_ENDPOINT_MAX;
}
