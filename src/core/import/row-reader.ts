import type { ImportOptions, Source } from "./options.ts";

/** One row as the file has it: cells of text, or a JSON object. */
export type SourceRow = { readonly [column: string]: unknown };
/** Our fields of one row, not parsed yet. `null`: the file has the column, and this row says nothing there. */
export type RawFields = { [field: string]: unknown };

/** Fields that hold several values under names of their own: `traits.size` is the trait "size". */
const FAMILIES = new Set(["traits", "facts", "consent", "page"]);
/** Fields that a table can only hold as JSON text. */
const JSON_FIELDS = new Set(["lines", "basis", "traits", "facts", "consent", "items", "page"]);

const headOf = (field: string): string => field.split(".", 1)[0]!;

/** Whether a kind knows a field. @example isField(["traits"], "traits.size") // true */
export const isField = (known: readonly string[], field: string): boolean =>
  known.includes(field) ||
  (FAMILIES.has(headOf(field)) && known.includes(headOf(field)) && field.includes("."));

/** Reads rows as our fields say, and remembers which columns were used. */
export class RowReader {
  readonly #sources: readonly (readonly [field: string, Exclude<Source, string>])[];
  readonly #mapped: ReadonlySet<string>;
  readonly #fields: readonly string[];
  /** Whether a column is read under its own name: asked of every cell, so answered once. */
  readonly #isRead = new Map<string, boolean>();
  /** Columns met so far, and those of them that were read. */
  readonly columns = new Set<string>();
  readonly used = new Set<string>();

  constructor(fields: readonly string[], mapping: ImportOptions["mapping"]) {
    this.#fields = fields;
    this.#mapped = new Set(Object.keys(mapping));
    this.#sources = Object.entries(mapping).map(([field, source]) => [
      field,
      typeof source === "string" ? { column: source } : source,
    ]);
  }

  /** The row in our words. Columns that are neither mapped nor named like one of our fields are left alone. */
  read(row: SourceRow): RawFields {
    const fields: RawFields = {};
    for (const column of Object.keys(row)) {
      let isRead = this.#isRead.get(column);
      if (isRead === undefined) {
        isRead = !this.#mapped.has(column) && isField(this.#fields, column);
        this.#isRead.set(column, isRead);
        this.columns.add(column);
        if (isRead) this.used.add(column);
      }
      if (isRead) put(fields, column, valueOf(column, row[column], {}));
    }
    for (const [field, source] of this.#sources) put(fields, field, this.#from(row, field, source));
    return fields;
  }

  #from(row: SourceRow, field: string, source: Exclude<Source, string>): unknown {
    const { column, value } = source;
    if (column === undefined) return value;
    const found = Object.hasOwn(row, column) ? row[column] : within(row, column);
    this.used.add(Object.hasOwn(row, column) ? column : headOf(column));
    const read = valueOf(field, found, source);
    return read === undefined || read === null ? (value ?? read) : read;
  }
}

/** A value inside a JSON row, by its path. @example within({ buyer: { id: "7" } }, "buyer.id") // "7" */
function within(row: SourceRow, path: string): unknown {
  let value: unknown = row;
  for (const step of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as SourceRow)[step];
  }
  return value;
}

function valueOf(field: string, found: unknown, { type, values }: Partial<Exclude<Source, string>>): unknown {
  if (found === undefined) return undefined;
  const text = typeof found === "string" ? found.trim() : found;
  if (text === "" || text === null) return null;
  if (values && (typeof text === "string" || typeof text === "number") && Object.hasOwn(values, String(text)))
    return values[String(text)];
  if (typeof text !== "string") return text;
  if (type === "number") return numberOf(text) ?? text;
  if (type === "boolean") return booleanOf(text) ?? text;
  if (JSON_FIELDS.has(field) && /^[[{]/.test(text)) return jsonOf(text);
  return text;
}

/** JSON text of a cell; the text itself where it is none, for the field's own parser to refuse. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function put(fields: RawFields, field: string, value: unknown): void {
  if (value === undefined) return;
  const dot = field.indexOf(".");
  const head = headOf(field);
  if (dot < 0 || !FAMILIES.has(head)) {
    fields[field] = value;
    return;
  }
  const family = fields[head];
  const known = typeof family === "object" && family !== null ? (family as RawFields) : {};
  fields[head] = { ...known, [field.slice(dot + 1)]: value };
}

/**
 * A number written with a decimal point or comma. `undefined` for all else, also for a comma that may part thousands.
 * @example numberOf("4,5") // 4.5
 */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "string" || !/^-?\d{1,15}([.,]\d{1,10})?$/.test(value)) return undefined;
  return /,\d{3}$/.test(value) ? undefined : Number(value.replace(",", "."));
}

const YES = new Set(["true", "yes", "y", "1", "on"]);
const NO = new Set(["false", "no", "n", "0", "off"]);

/** A yes or a no; `undefined` where it is neither: a mark that nobody explained is not a yes. @example booleanOf("Yes") // true */
export function booleanOf(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  const text = String(value).toLowerCase();
  return YES.has(text) ? true : NO.has(text) ? false : undefined;
}
