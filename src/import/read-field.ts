import { idDefect } from "../core/primitives/ids.ts";

/** A JSON object of somebody else's making: any field may hold anything. */
export type Fields = { readonly [name: string]: unknown };

// As keys these would reach an object's machinery; valibot's records skip them, so nothing is lost by leaving them out.
const RESERVED = new Set(["__proto__", "constructor", "prototype"]);

/** Room of an event's facts and traits; what does not fit is left out. */
const FACTS_MAX = 64;
const FACT_NAME_MAX = 64;
const FACT_TEXT_MAX = 1024;

/** Whether a value is a JSON object. @example isFields([]) // false */
export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The object itself, or an empty one in place of anything else. @example fieldsOf("x") // {} */
export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

/**
 * A usable id: text, or a whole number written as text. `undefined` for placeholders, padding and other non-ids.
 * @example idOf(1042) // "1042"
 * @example idOf("uNdEfInEd") // undefined
 */
export function idOf(value: unknown): string | undefined {
  const text = Number.isSafeInteger(value) ? String(value) : value;
  return typeof text === "string" && idDefect(text) === undefined ? text : undefined;
}

/** Text cut to `max` UTF-16 units, never within a character; `undefined` when there is none. @example clip("abc", 2) // "ab" */
export function clip(value: unknown, max: number): string | undefined {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && text !== "" ? text.slice(0, max).toWellFormed() : undefined;
}

/** An address of at most 2,048 characters. A cut address leads elsewhere, so a longer one is left out. */
export const addressOf = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" && value.length <= 2048 ? value : undefined;

/**
 * A count that may have been written as text. Anything else comes back as it is, for the schema to refuse.
 * @example countOf("2") // 2
 * @example countOf("two") // "two"
 */
export const countOf = (value: unknown): unknown =>
  typeof value === "string" && /^-?\d{1,9}$/.test(value) ? Number(value) : value;

/**
 * The scalars of an object that fit an event's facts: at most 64, names to 64 and texts to 1,024 characters.
 * The rest (lists, objects, longer texts) is left out. `known` facts come first and keep their names.
 * @example scalarsOf({ plan: "pro", tags: ["a"] }) // { plan: "pro" }
 */
export function scalarsOf(source: unknown, prefix = "", known: Fields = {}): Fields {
  const facts = new Map(Object.entries(known));
  for (const [name, value] of Object.entries(fieldsOf(source))) {
    if (facts.size >= FACTS_MAX) break;
    const fact = prefix + name;
    if (fact.length > FACT_NAME_MAX || RESERVED.has(fact) || facts.has(fact)) continue;
    const fits =
      value === null ||
      typeof value === "boolean" ||
      (typeof value === "number" && Number.isFinite(value)) ||
      (typeof value === "string" && value.length <= FACT_TEXT_MAX);
    if (fits) facts.set(fact, value);
  }
  return Object.fromEntries(facts);
}
