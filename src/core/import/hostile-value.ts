import { IMPORT_LIMITS } from "./import-kind.ts";

const PROTOTYPE_KEYS = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Why a row's value is not taken, as a sentence; `undefined` when it is. Looks at every text, key and level, so that
 * nothing further in has to.
 */
export function valueDefect(value: unknown, depth = 0): string | undefined {
  if (typeof value === "string") return textDefect(value);
  if (typeof value === "number") return Number.isFinite(value) ? undefined : "Numbers must be finite.";
  if (value === null || typeof value !== "object") return undefined;
  if (depth >= IMPORT_LIMITS.depthMax) return `A row may be nested at most ${IMPORT_LIMITS.depthMax} deep.`;
  const entries = Object.entries(value);
  if (entries.length > IMPORT_LIMITS.columnsMax)
    return `A row may have at most ${IMPORT_LIMITS.columnsMax} fields.`;
  for (const [key, one] of entries) {
    if (PROTOTYPE_KEYS.has(key)) return "A key of this row belongs to prototypes.";
    const defect = textDefect(key) ?? valueDefect(one, depth + 1);
    if (defect) return defect;
  }
  return undefined;
}

function textDefect(text: string): string | undefined {
  if (text.length > IMPORT_LIMITS.fieldMax)
    return `A field may have at most ${IMPORT_LIMITS.fieldMax} characters.`;
  if (text.includes("\0")) return "Text may not contain U+0000.";
  return text.isWellFormed() ? undefined : "Text must be well-formed Unicode.";
}
