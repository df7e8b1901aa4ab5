import type { ImportKind } from "./import-kind.ts";
import type { RowFields } from "./row-fields.ts";

/** An event as a row states it: the input of `ShopEvent`, without an id unless the row has one of its own. */
export type MappedEvent = {
  readonly type: string;
  readonly id?: string | undefined;
  readonly at?: number | undefined;
  /** What makes it the same event when it is told again. Absent: all of it. */
  readonly sameness?: unknown;
  readonly [field: string]: unknown;
};

/** One kind of import: which fields it knows, and what a row means. */
export type Mapper = {
  readonly kind: ImportKind;
  /** Beside the person's and the basis's fields, which every kind has. */
  readonly fields: readonly string[];
  /** Rows that agree in this field are one entry. */
  readonly groupBy?: string;
  /** What the rows of one entry say happened. What is wrong is kept in the row. Empty: nothing to keep. */
  map(rows: readonly [RowFields, ...RowFields[]]): readonly MappedEvent[];
};

/** What every kind can say: who, under which basis. */
export const COMMON_FIELDS = [
  "customerId",
  "visitorId",
  "consent",
  "consentAt",
  "basis",
  "at",
  "id",
] as const;

/** The object without its absent fields. */
export const said = <T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
