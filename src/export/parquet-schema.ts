import type { ParquetWriter } from "hyparquet-writer/src/parquet-writer.js";
import type { Columns, ColumnType } from "../core/export/column.ts";

type Schema = ConstructorParameters<typeof ParquetWriter>[0]["schema"];
type Element = Omit<Schema[number], "name" | "repetition_type">;

/** Each with the logical type that readers of today ask for, and the older converted type, which the writer goes by. */
const ELEMENTS: Readonly<Record<ColumnType, Element>> = {
  string: { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } },
  json: { type: "BYTE_ARRAY", converted_type: "JSON", logical_type: { type: "JSON" } },
  double: { type: "DOUBLE" },
  // Without a logical type: the writer gives INTEGER's bit width as a number of 32 bits, and strict readers refuse the file.
  int64: { type: "INT64" },
  timestamp: {
    type: "INT64",
    converted_type: "TIMESTAMP_MILLIS",
    logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MILLIS" },
  },
  boolean: { type: "BOOLEAN" },
};

/** The columns as Parquet describes them. Every one may be empty. */
export function parquetSchema(columns: Columns): Schema {
  const named = Object.entries(columns);
  return [
    { name: "root", num_children: named.length },
    ...named.map(([name, { type }]) => ({ name, repetition_type: "OPTIONAL" as const, ...ELEMENTS[type] })),
  ];
}
