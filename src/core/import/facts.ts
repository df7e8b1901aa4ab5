import type { RowFields } from "./row-fields.ts";

/** The scalars of a family of fields; nothing where none was given. The event's own schema has the last word. */
export function factsOf(row: RowFields, family: string): Record<string, unknown> | undefined {
  const value = row.raw[family];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "object" || Array.isArray(value))
    return row.refuse(family, "an object of facts by name");
  const facts = Object.entries(value).filter(([, fact]) => fact !== null);
  return facts.length === 0 ? undefined : Object.fromEntries(facts);
}
