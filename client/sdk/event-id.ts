/** bytes of an id that the Worker takes. */
const ID_LENGTH_MAX = 128;

/**
 * An event's id out of what makes it the event it is. Said twice, after a crash or by two processes, it is the same event, and
 * the Worker counts it once. Parts must therefore be facts (an order's number), never the time at which a program runs.
 * @example eventId("bought", 1001) // "bought:1001"
 */
export function eventId(...parts: readonly (string | number)[]): string {
  // Escaped, so that no two lists of parts make the same text.
  const id = parts.map((part) => encodeURIComponent(part)).join(":");
  if (parts.length === 0 || parts.includes("") || id.length > ID_LENGTH_MAX)
    throw new RangeError(`An event's id is made of 1 to ${ID_LENGTH_MAX} characters, and of no empty part.`);
  return id;
}
