import type { ParquetWriter } from "hyparquet-writer/src/parquet-writer.js";
import { cellOf, type ColumnType, type Columns, type Row } from "../core/export/column.ts";
import type { JsonValue } from "../core/webhook/notice.ts";

type Stored = JsonValue | bigint;

/** Rows that become one row group: column by column, as Parquet lays them. */
export class RowGroup {
  readonly #columns: Columns;
  readonly #data: Map<string, Stored[]>;
  #rows = 0;
  #bytes = 0;

  constructor(columns: Columns) {
    this.#columns = columns;
    this.#data = new Map(Object.keys(columns).map((name) => [name, []]));
  }

  get rows(): number {
    return this.#rows;
  }

  /** About what the rows take, uncompressed. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Throws on a value that its column cannot hold. */
  add(row: Row): void {
    for (const [name, data] of this.#data) {
      const column = this.#columns[name]!;
      const value = cellOf(row, name, column);
      data.push(value === null ? null : stored(value, column.type));
      this.#bytes += weightOf(value);
    }
    this.#rows++;
  }

  writeTo(file: ParquetWriter): void | Promise<void> {
    const columnData = [...this.#data].map(([name, data]) => ({
      name,
      data,
      // Readers skip groups by moments and numbers; of texts the footer would keep samples in memory until the end.
      statistics: !["string", "json"].includes(this.#columns[name]!.type),
    }));
    return file.write({ columnData, rowGroupSize: this.#rows });
  }
}

/** The writer wants 64-bit integers as such; a JavaScript number is one exactly, `cellOf` has seen to it. */
const stored = (value: JsonValue, type: ColumnType): Stored =>
  type === "int64" || type === "timestamp" ? BigInt(value as number) : value;

/** About how many bytes a value takes: exact for ASCII text, less than the truth for others by at most two thirds. */
function weightOf(value: JsonValue): number {
  if (value === null) return 0;
  if (typeof value === "string") return value.length + 4;
  if (typeof value !== "object") return 8;
  let bytes = 4;
  if (Array.isArray(value)) for (const one of value) bytes += weightOf(one as JsonValue) + 1;
  else for (const [key, one] of Object.entries(value)) bytes += key.length + 4 + weightOf(one as JsonValue);
  return bytes;
}
