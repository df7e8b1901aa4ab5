import fc from "fast-check";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { describe, expect, test } from "vitest";
import type { Columns, Row } from "../../../src/core/export/column.ts";
import { EXPORT_KINDS, EXPORT_TABLES } from "../../../src/core/export/rows.ts";
import { parquetOf, type ParquetLimits } from "../../../src/export/parquet.ts";
import { CUT_ROW, EVERY_TYPE, MENDED_ROW, ODD_ROWS } from "./every-type.ts";
import { bytesOf } from "./read-stream.ts";

const write = (batches: Iterable<readonly Row[]>, columns: Columns = EVERY_TYPE, limits?: ParquetLimits) =>
  bytesOf(parquetOf(columns, batches, limits));
const file = (bytes: Uint8Array): ArrayBuffer =>
  bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
const read = async (bytes: Uint8Array) => parquetReadObjects({ file: file(bytes) });

/** What a reader makes of a row: every column there, whole numbers of 64 bits, moments as dates. */
const asRead = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(EVERY_TYPE).map(([name, { type }]) => {
      const value = row[name] ?? null;
      if (value === null) return [name, null];
      if (type === "int64") return [name, BigInt(value as number)];
      return [name, type === "timestamp" ? new Date(value as number) : value];
    }),
  ) as Row;

describe("what was written", () => {
  test("reads the same: every type, empty cells, any script", async () => {
    const back = await read(await write([ODD_ROWS]));
    expect(back).toEqual(ODD_ROWS.map(asRead));
    expect(await read(await write([[CUT_ROW]]))).toEqual([asRead(MENDED_ROW)]);
  });

  test("reads the same for any rows, wherever groups and batches end", async () => {
    const cell = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
    const row = fc.record({
      text: cell(fc.string({ unit: "binary" })),
      share: cell(fc.double({ noNaN: true, noDefaultInfinity: true })),
      count: cell(fc.maxSafeInteger()),
      at: cell(fc.integer({ min: -8.64e15, max: 8.64e15 })),
      isSo: cell(fc.boolean()),
      what: cell(
        fc.jsonValue().map((value) => (value === null ? undefined : JSON.parse(JSON.stringify(value)))),
      ),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(row, { maxLength: 12 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 500 }),
        async (batches, rows, bytes) => {
          const written = await write(batches as Row[][], EVERY_TYPE, { rows, bytes });
          expect(await read(written)).toEqual((batches as Row[][]).flat().map(asRead));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("50,000 rows lie in ten row groups, and come back in order", async () => {
    function* batches() {
      for (let from = 0; from < 50_000; from += 700)
        yield Array.from({ length: Math.min(700, 50_000 - from) }, (_, i) => ({
          text: `customer-${(from + i) % 977}`,
          count: from + i,
          at: 1_774_747_800_000 + from + i,
        }));
    }
    const bytes = await write(batches());
    const { row_groups: groups } = parquetMetadata(file(bytes));
    expect(groups.map((group) => Number(group.num_rows))).toEqual(Array.from({ length: 10 }, () => 5_000));
    const back = await read(bytes);
    expect(back.every((row, i) => row["count"] === BigInt(i) && row["text"] === `customer-${i % 977}`)).toBe(
      true,
    );
    const at = groups[3]!.columns.find(({ meta_data }) => meta_data?.path_in_schema[0] === "at");
    // Readers find by these which groups they need.
    expect(at?.meta_data?.statistics).toMatchObject({
      min_value: new Date(1_774_747_815_000),
      max_value: new Date(1_774_747_819_999),
    });
  });

  test("long rows make smaller groups", async () => {
    const rows = Array.from({ length: 40 }, (_, i) => ({ text: String(i).padEnd(300_000, ".") }));
    const { row_groups: groups } = parquetMetadata(file(await write([rows])));
    expect(groups.map((group) => Number(group.num_rows))).toEqual([14, 14, 12]);
  });

  test("more groups than a footer may tell of break the file off", async () => {
    const rows = Array.from({ length: 9 }, (_, count) => ({ count }));
    expect(await read(await write([rows], EVERY_TYPE, { rows: 3, groups: 3 }))).toHaveLength(9);
    await expect(write([rows], EVERY_TYPE, { rows: 4, groups: 2 })).rejects.toThrow("a shorter span");
  });

  test("no rows are a file with columns", async () => {
    const bytes = await write([]);
    expect(parquetMetadata(file(bytes)).schema.map(({ name }) => name)).toEqual([
      "root",
      ...Object.keys(EVERY_TYPE),
    ]);
    expect(await read(bytes)).toEqual([]);
  });
});

test("types are marked so that readers know moments and JSON for what they are", async () => {
  const { schema } = parquetMetadata(file(await write([])));
  const logical = Object.fromEntries(schema.slice(1).map(({ name, logical_type }) => [name, logical_type]));
  expect(logical).toMatchObject({
    text: { type: "STRING" },
    at: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MILLIS" },
    what: { type: "JSON" },
  });
  // Strict readers (DuckDB) refuse the INTEGER that the writer makes; a plain INT64 is signed and of 64 bits to all.
  expect(schema.find(({ name }) => name === "count")).toEqual({
    name: "count",
    type: "INT64",
    repetition_type: "OPTIONAL",
  });
});

test.each<[string, Row]>([
  ["a whole number beyond 2^53", { count: 2 ** 53 }],
  ["half a piece", { count: 0.5 }],
  ["no number", { share: Number.NaN }],
  ["an endless number", { share: Infinity }],
  ["a moment beyond all dates", { at: 8.64e15 + 1 }],
  ["a number for text", { text: 1 }],
  ["text for yes or no", { isSo: "yes" }],
])("%s breaks the file off", async (_what, row) => {
  await expect(write([[row]])).rejects.toThrow(/^Column \w+: /);
});

test("the columns of every export can be written", async () => {
  for (const kind of EXPORT_KINDS) {
    const { columns } = EXPORT_TABLES[kind];
    const bytes = await write([[{ customer: "c" }]], columns);
    expect((await read(bytes))[0]).toMatchObject({ customer: "c", isKnown: null });
  }
});
