import { cellOf, type Column, type Columns, type Row } from "../core/export/column.ts";
import type { JsonValue } from "../core/webhook/notice.ts";
import { byteStream, type Batches } from "./byte-stream.ts";

export const NDJSON_TYPE = "application/x-ndjson; charset=utf-8";

/** Lines are handed on when there is so much of them, in UTF-16 code units. */
const PIECE_LENGTH = 64 * 1024;

/**
 * Rows as NDJSON: one object a line, UTF-8, columns in the table's order, empty ones left out, moments as RFC 3339 text in
 * UTC. No rows: an empty stream.
 * @example {"customer":"c-7","isKnown":true,"type":"page_viewed","happenedAt":"2026-03-29T01:30:00.000Z"}
 */
export const ndjsonOf = (columns: Columns, batches: Batches<Row>): ReadableStream<Uint8Array> =>
  byteStream(linesOf(batches, rowWriter(columns)));

/** Values of any kind as NDJSON. */
export const jsonLines = (batches: Batches<JsonValue>): ReadableStream<Uint8Array> =>
  byteStream(linesOf(batches, (value) => JSON.stringify(value)));

async function* linesOf<R>(
  batches: Batches<R>,
  lineOf: (row: R) => string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const encoder = new TextEncoder();
  let text = "";
  for await (const batch of batches)
    for (const row of batch) {
      text += `${lineOf(row)}\n`;
      if (text.length < PIECE_LENGTH) continue;
      yield encoder.encode(text);
      text = "";
    }
  if (text !== "") yield encoder.encode(text);
}

/** What writes one row. The names are made into JSON once. */
function rowWriter(columns: Columns): (row: Row) => string {
  const named = Object.entries(columns).map(
    ([name, column]) => [name, `${JSON.stringify(name)}:`, column] as const,
  );
  return (row) => {
    let text = "";
    for (const [name, label, column] of named) {
      const value = cellOf(row, name, column);
      if (value === null) continue;
      text += `${text === "" ? "" : ","}${label}${jsonOf(value, column)}`;
    }
    return `{${text}}`;
  };
}

const jsonOf = (value: JsonValue, { type }: Column): string =>
  type === "timestamp" ? `"${new Date(value as number).toISOString()}"` : JSON.stringify(value);
