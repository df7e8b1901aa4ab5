/**
 * Whether two JSON values are equal in depth. Order matters in arrays and not in objects. The walk is as deep as the
 * first value, so a visitor's deeply nested one costs nothing.
 * @example sameJson({ a: 1, b: [2] }, { b: [2], a: 1 }) // true
 */
export function sameJson(expected: unknown, actual: unknown): boolean {
  if (typeof expected !== "object" || typeof actual !== "object") return expected === actual;
  if (expected === null || actual === null) return expected === actual;
  if (Array.isArray(expected) || Array.isArray(actual)) {
    return (
      Array.isArray(expected) &&
      Array.isArray(actual) &&
      expected.length === actual.length &&
      expected.every((element, i) => sameJson(element, actual[i]))
    );
  }
  const keys = Object.keys(expected);
  if (keys.length !== Object.keys(actual).length) return false;
  return keys.every(
    (key) =>
      Object.hasOwn(actual, key) &&
      sameJson((expected as Record<string, unknown>)[key], (actual as Record<string, unknown>)[key]),
  );
}
