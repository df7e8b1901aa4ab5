import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { expect, test } from "vitest";
import { plainEmail } from "../../src/core/export/contact.ts";
import type { Row } from "../../src/core/export/column.ts";
import { toHex } from "../../src/edge/hmac.ts";
import { NDJSON_TYPE, ndjsonOf } from "../../src/export/ndjson.ts";
import { PARQUET_TYPE, parquetOf } from "../../src/export/parquet.ts";
import { EVERY_TYPE, ODD_ROWS } from "../core/export/every-type.ts";
import { bytesOf, parsedLines } from "../core/export/read-stream.ts";

/** Rows that come one batch after the other, each in a turn of its own, as from other objects. */
async function* later(batches: number, rows: number): AsyncGenerator<readonly Row[]> {
  for (let batch = 0; batch < batches; batch++) {
    await Promise.resolve();
    yield Array.from({ length: rows }, (_, i) => ({
      text: `row ${batch * rows + i}`,
      count: batch * rows + i,
      at: 1_774_747_800_000 + i,
      what: { batch },
    }));
  }
}

test("a response of 12,000 rows in Parquet streams in row groups and reads back", async () => {
  const answer = new Response(parquetOf(EVERY_TYPE, later(24, 500)), {
    headers: { "content-type": PARQUET_TYPE },
  });
  const file = await answer.arrayBuffer();
  expect(parquetMetadata(file).row_groups.map((group) => Number(group.num_rows))).toEqual([
    5_000, 5_000, 2_000,
  ]);
  const rows = await parquetReadObjects({ file });
  expect(rows).toHaveLength(12_000);
  expect(rows[11_999]).toEqual({
    text: "row 11999",
    share: null,
    count: 11_999n,
    at: new Date(1_774_747_800_499),
    isSo: null,
    what: { batch: 23 },
  });
});

test("every type reads back", async () => {
  const file = await new Response(parquetOf(EVERY_TYPE, [ODD_ROWS])).arrayBuffer();
  const rows = await parquetReadObjects({ file });
  expect(rows.map((row) => row["text"])).toEqual(ODD_ROWS.map((row) => row["text"] ?? null));
  expect(rows.map((row) => row["what"])).toEqual(ODD_ROWS.map((row) => row["what"] ?? null));
});

test("a response of 12,000 rows in NDJSON streams and reads back", async () => {
  const answer = new Response(ndjsonOf(EVERY_TYPE, later(24, 500)), {
    headers: { "content-type": NDJSON_TYPE },
  });
  const lines = parsedLines(await bytesOf(answer.body!));
  expect(lines).toHaveLength(12_000);
  expect(lines[0]).toEqual({ text: "row 0", count: 0, at: "2026-03-29T01:30:00.000Z", what: { batch: 0 } });
});

test("a reader that goes away ends the source", async () => {
  let isReleased = false;
  async function* batches() {
    try {
      yield* later(1_000, 500);
    } finally {
      isReleased = true;
    }
  }
  const reader = ndjsonOf(EVERY_TYPE, batches()).getReader();
  await reader.read();
  await reader.cancel();
  expect(isReleased).toBe(true);
});

test("identifiers are hashed by the runtime as the platform publishes it", async () => {
  const bytes = new TextEncoder().encode(plainEmail(" John_Smith@gmail.com", "meta"));
  expect(toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)))).toBe(
    "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f",
  );
});
