import type { ConsentStatement } from "./consent.ts";

/**
 * One statement out of several that were made at the same time. A denial wins over a grant, whoever made it; what nobody
 * speaks of stays unsaid. Values that are not booleans say nothing.
 * @example joinStatements([{ analytics: true, marketing: true }, { marketing: false }])
 * // { analytics: true, marketing: false }
 */
export function joinStatements(statements: readonly ConsentStatement[]): Record<string, boolean> {
  const joined = new Map<string, boolean>();
  for (const statement of statements) {
    for (const [purpose, granted] of Object.entries(statement))
      if (typeof granted === "boolean") joined.set(purpose, granted && joined.get(purpose) !== false);
  }
  // From entries, so that no name, not even `__proto__`, is more than a name.
  return Object.fromEntries(joined);
}
