import { describe, expect, test } from "vitest";
import type { Row } from "../../../src/core/export/column.ts";
import { jsonLines, ndjsonOf } from "../../../src/export/ndjson.ts";
import { parquetOf } from "../../../src/export/parquet.ts";
import { CUT_ROW, EVERY_TYPE, MENDED_ROW, ODD_ROWS } from "./every-type.ts";
import { bytesOf, parsedLines } from "./read-stream.ts";

test("a row is a line: columns in order, empty ones left out, moments as text", async () => {
  const bytes = await bytesOf(ndjsonOf(EVERY_TYPE, [ODD_ROWS.slice(0, 2)]));
  expect(new TextDecoder().decode(bytes)).toBe(
    '{"text":"plain","share":0.1,"count":1,"at":"2026-03-29T01:30:00.123Z","isSo":true,"what":{"a":[1,null,"x"]}}\n{}\n',
  );
});

test("every line parses to what was written", async () => {
  const back = parsedLines(await bytesOf(ndjsonOf(EVERY_TYPE, [ODD_ROWS])));
  const asRead = ODD_ROWS.map((row) => ({
    ...row,
    // JSON knows no -0.
    ...(Object.is(row["share"], -0) ? { share: 0 } : {}),
    ...(row["at"] === undefined ? {} : { at: new Date(row["at"] as number).toISOString() }),
  }));
  expect(back).toEqual(asRead);
  expect(parsedLines(await bytesOf(ndjsonOf(EVERY_TYPE, [[CUT_ROW]])))).toEqual([MENDED_ROW]);
});

test("50,000 rows come in pieces of bounded size", async () => {
  const rows = Array.from({ length: 50_000 }, (_, i) => ({ text: `row ${i}`, count: i }));
  const sizes: number[] = [];
  const reader = ndjsonOf(EVERY_TYPE, [rows]).getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) sizes.push(next.value.length);
  expect(sizes.length).toBeGreaterThan(20);
  expect(Math.max(...sizes)).toBeLessThan(65 * 1024);
});

test("nothing is a stream of nothing, and values of any kind can be lines", async () => {
  expect((await bytesOf(ndjsonOf(EVERY_TYPE, []))).length).toBe(0);
  const lines = [{ op: "remove", emailSha256: "ab" }, "é"];
  expect(parsedLines(await bytesOf(jsonLines([lines])))).toEqual(lines);
});

describe.each([
  ["NDJSON", (batches: AsyncIterable<readonly Row[]>) => ndjsonOf(EVERY_TYPE, batches)],
  ["Parquet", (batches: AsyncIterable<readonly Row[]>) => parquetOf(EVERY_TYPE, batches, { rows: 100 })],
])("%s", (_format, streamOf) => {
  /** A source of 50 batches that says how far it was asked, and whether it was let go. */
  function source(failsAt = Infinity) {
    const seen = { asked: 0, isReleased: false };
    async function* batches() {
      try {
        for (let i = 0; i < 50; i++) {
          if (i === failsAt) throw new Error("the object is gone");
          seen.asked++;
          yield Array.from({ length: 100 }, () => ({ text: "x".repeat(1_000) }));
        }
      } finally {
        seen.isReleased = true;
      }
    }
    return { seen, batches: batches() };
  }

  test("takes nothing before it is read, and no more than it was asked for", async () => {
    const { seen, batches } = source();
    const reader = streamOf(batches).getReader();
    await Promise.resolve();
    expect(seen.asked).toBe(0);
    await reader.read();
    expect(seen.asked).toBe(1);
    await reader.cancel();
    expect(seen).toEqual({ asked: 1, isReleased: true });
  });

  test("breaks off where its source fails", async () => {
    const { seen, batches } = source(3);
    await expect(bytesOf(streamOf(batches))).rejects.toThrow("the object is gone");
    expect(seen.isReleased).toBe(true);
  });
});
