import { ByteWriter } from "hyparquet-writer/src/bytewriter.js";
import { ParquetWriter } from "hyparquet-writer/src/parquet-writer.js";
import type { Columns, Row } from "../core/export/column.ts";
import { byteStream, type Batches } from "./byte-stream.ts";
import { parquetSchema } from "./parquet-schema.ts";
import { RowGroup } from "./row-group.ts";

export const PARQUET_TYPE = "application/vnd.apache.parquet";

/**
 * When a row group is written: at so many rows, or before if they hold about so many bytes. What is in memory is one group,
 * in rows and as bytes; the reader has taken the ones before.
 */
export const GROUP_ROWS_MAX = 5_000;
export const GROUP_BYTES_MAX = 4 * 1024 * 1024;

/**
 * Row groups of one file: the footer tells of each, and lies in memory until the end (about 20 KB a group of 27 columns). A
 * file that would have more is broken off: a shorter span has to be asked for. Five million rows of ordinary length.
 */
export const GROUPS_MAX = 1_000;

/** Where the writing of a file may be made to differ from the ordinary. */
export type ParquetLimits = { readonly rows?: number; readonly bytes?: number; readonly groups?: number };

/**
 * Rows as one Parquet file, written while they come: row groups, each compressed with Snappy, then the footer, which tells
 * where they are. No rows: a file with the columns and none. Moments are UTC milliseconds, JSON is marked as such.
 */
export const parquetOf = (
  columns: Columns,
  batches: Batches<Row>,
  limits: ParquetLimits = {},
): ReadableStream<Uint8Array> => byteStream(piecesOf(columns, batches, limits));

async function* piecesOf(
  columns: Columns,
  batches: Batches<Row>,
  { rows = GROUP_ROWS_MAX, bytes = GROUP_BYTES_MAX, groups = GROUPS_MAX }: ParquetLimits,
): AsyncGenerator<Uint8Array, void, undefined> {
  const writer = new ByteWriter();
  const file = new ParquetWriter({ writer, schema: parquetSchema(columns), createdBy: "Concierge" });
  let group = new RowGroup(columns);
  let written = 0;
  for await (const batch of batches)
    for (const row of batch) {
      group.add(row);
      if (group.rows < rows && group.bytes < bytes) continue;
      refuseBeyond(groups, ++written);
      await group.writeTo(file);
      group = new RowGroup(columns);
      yield taken(writer);
    }
  if (group.rows > 0) {
    refuseBeyond(groups, ++written);
    await group.writeTo(file);
  }
  await file.finish();
  yield taken(writer);
}

function refuseBeyond(max: number, groups: number): void {
  if (groups > max) throw new Error(`More than ${max} row groups: ask for a shorter span.`);
}

/** What was written since the last time. The writer goes on counting, and uses its buffer again. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}
