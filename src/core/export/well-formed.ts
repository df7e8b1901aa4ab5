import type { JsonObject, JsonValue } from "../webhook/notice.ts";

/**
 * The value with every lone half of a surrogate pair replaced by U+FFFD, in keys and texts: what a page sent cut in two
 * must not make a whole file unreadable to others. The value itself where there is none, which is nearly always.
 * @example wellFormed(["a", "\ud83d"]) // ["a", "\ufffd"]
 */
export function wellFormed(value: JsonValue): JsonValue {
  if (typeof value === "string") return value.toWellFormed();
  if (value === null || typeof value !== "object" || isWellFormed(value)) return value;
  if (Array.isArray(value)) return value.map((one: JsonValue) => wellFormed(one));
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([key, one]) => [key.toWellFormed(), wellFormed(one)]),
  );
}

function isWellFormed(value: JsonValue): boolean {
  if (typeof value === "string") return value.isWellFormed();
  if (value === null || typeof value !== "object") return true;
  if (Array.isArray(value)) return value.every(isWellFormed);
  return Object.entries(value).every(([key, one]) => key.isWellFormed() && isWellFormed(one as JsonValue));
}
