import type { EpochMs } from "../primitives/time.ts";
import type { JsonValue } from "../webhook/notice.ts";
import { wellFormed } from "./well-formed.ts";

/**
 * What a column holds. `int64` is a whole number within ±(2^53 − 1), `timestamp` is epoch milliseconds, `double` is finite,
 * `json` any JSON value. Every column may be empty.
 */
export type ColumnType = "string" | "double" | "int64" | "timestamp" | "boolean" | "json";

type CellOf<T extends ColumnType> = T extends "string"
  ? string
  : T extends "double" | "int64"
    ? number
    : T extends "timestamp"
      ? EpochMs
      : T extends "boolean"
        ? boolean
        : JsonValue;

/** A column and what it means, for people who read the file. */
export type Column<T extends ColumnType = ColumnType> = { readonly type: T; readonly doc: string };

/** Columns by name, in the order in which they stand in a file. */
export type Columns = Readonly<Record<string, Column>>;

/** A row of any table. A column that is absent is empty. */
export type Row = Readonly<Record<string, JsonValue | undefined>>;

/** A row of the table with these columns. */
export type RowOf<C extends Columns> = {
  readonly [K in keyof C]?: CellOf<C[K]["type"]> | undefined;
};

export const column = <T extends ColumnType>(type: T, doc: string): Column<T> => ({ type, doc });

/** The last moment that a JavaScript date can name (ECMA-262, "time values"). */
const MOMENT_MAX = 8.64e15;

/**
 * Why a value may not stand in a column of a type, as a phrase that completes "is …"; `undefined` when it may. A whole
 * number beyond 2^53 is refused: it is not known which number was meant.
 * @example cellDefect("int64", 2 ** 53) // "not a whole number within ±(2^53 - 1)"
 */
export function cellDefect(type: ColumnType, value: JsonValue): string | undefined {
  switch (type) {
    case "string":
      return typeof value === "string" ? undefined : "not text";
    case "boolean":
      return typeof value === "boolean" ? undefined : "not true or false";
    case "double":
      return Number.isFinite(value) ? undefined : "not a finite number";
    case "int64":
      return Number.isSafeInteger(value) ? undefined : "not a whole number within ±(2^53 - 1)";
    case "timestamp":
      return Number.isSafeInteger(value) && Math.abs(value as number) <= MOMENT_MAX
        ? undefined
        : "not a moment in whole milliseconds";
    case "json":
      return undefined;
  }
}

/** A cell of a row; `null` where it is empty. Throws on a value that its column cannot hold: such a row is our mistake. */
export function cellOf(row: Row, name: string, { type }: Column): JsonValue {
  const value = row[name] ?? null;
  if (value === null) return null;
  const defect = cellDefect(type, value);
  if (defect !== undefined)
    throw new Error(`Column ${name}: ${JSON.stringify(value).slice(0, 60)} is ${defect}.`);
  return type === "string" || type === "json" ? wellFormed(value) : value;
}

/**
 * A number for an `int64` column; empty where it is no whole number that can be told apart from its neighbours. A page can
 * state an order of 100,000 pieces at any price: its sum must not keep everybody else's rows from being written.
 * @example wholeNumber(2 ** 60) // undefined
 */
export const wholeNumber = (value: number | undefined): number | undefined =>
  Number.isSafeInteger(value) ? value : undefined;
