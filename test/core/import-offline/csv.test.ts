import { describe, expect, test } from "vitest";
import { IMPORT_LIMITS } from "../../../src/core/import/import-kind.ts";
import { neutralCell, plainCell } from "../../../src/core/import/plain-cell.ts";
import { openTable, type FileRow } from "../../../src/import/csv-rows.ts";
import { openFile } from "../../../src/import/offline-file.ts";
import { openLines } from "../../../src/import/ndjson-rows.ts";
import { readShared, sharedPath } from "../../support/shared.ts";

const rowsOf = (text: string): FileRow[] => {
  const table = openTable(text);
  if ("detail" in table) throw new Error(table.detail);
  return [...table.rows()];
};

const SPECTRUM = [
  "comma_in_quotes",
  "empty",
  "empty_crlf",
  "escaped_quotes",
  "json",
  "newlines",
  "newlines_crlf",
  "quotes_and_newlines",
  "simple",
  "simple_crlf",
  "utf8",
];

describe.skipIf(sharedPath("vectors/csv-spectrum/csvs/simple.csv") === undefined)("csv-spectrum", () => {
  test.each(SPECTRUM)("%s", (name) => {
    const csv = readShared(`vectors/csv-spectrum/csvs/${name}.csv`) ?? "";
    // The CRLF files lost their carriage returns on the way into version control; the expected answers kept theirs.
    const text = name.endsWith("_crlf") ? csv.replaceAll(/\r?\n/g, "\r\n") : csv;
    expect(rowsOf(text).map(({ row }) => row)).toEqual(
      JSON.parse(readShared(`vectors/csv-spectrum/json/${name}.json`) ?? ""),
    );
  });
});

describe("a table", () => {
  test("rows know the line they start on, over quoted breaks, blank lines and every kind of line end", () => {
    expect(rowsOf('a,b\r\n1,"x\r\ny"\r\n\r\n2,z\n3,"p\n\nq"\n4,w').map(({ line }) => line)).toEqual([
      2, 5, 6, 9,
    ]);
    expect(rowsOf("a,b\r1,2\r3,4").map(({ row }) => row)).toEqual([
      { a: "1", b: "2" },
      { a: "3", b: "4" },
    ]);
  });

  test("a row read again from its place is the same row", () => {
    const table = openTable('a;b\n1;"x;\n""y"""\n2;z\n');
    if ("detail" in table) throw new Error(table.detail);
    for (const row of table.rows()) expect(table.rowAt(row.from, row.line)).toEqual(row);
  });

  test("a quote that never closes is told with the line it was opened on, also in the header", () => {
    const rows = rowsOf('a,b\n1,2\n3,"4\n5,6\n7,8\n');
    expect(rows.at(-1)).toMatchObject({ line: 3, isFatal: true, defect: expect.stringContaining("line 3") });
    expect(rows).toHaveLength(2);
    expect(openTable('a,"b\n1,2')).toMatchObject({ line: 1, detail: expect.stringContaining("line 1") });
  });

  test("what stands behind a closing quote spoils its row alone", () => {
    expect(rowsOf('a,b\n"x"y,1\n2,3\n').map(({ defect, row }) => defect?.length ?? row)).toEqual([
      expect.any(Number),
      { a: "2", b: "3" },
    ]);
  });

  test("bombs are refused: endless quote, a million columns, an endless field, cells beyond the header", () => {
    expect(rowsOf(`a,b\n1,"${"x,\n".repeat(300_000)}`).at(-1)).toMatchObject({ isFatal: true });
    expect(openTable(`${"a,".repeat(1_000_000)}a\n1`)).toMatchObject({
      detail: expect.stringContaining("1000 columns"),
    });
    expect(rowsOf(`a\n${"1,".repeat(1_000_000)}1\n2`)).toMatchObject([{ line: 2, isFatal: true }]);
    const long = IMPORT_LIMITS.fieldMax + 1;
    expect(rowsOf(`a,b\n"${"x".repeat(long)}",1\n2,3`)).toMatchObject([{ line: 2, isFatal: true }]);
    expect(rowsOf(`a,b\n"${'""'.repeat(long)}",1\n2,3`)).toMatchObject([{ line: 2, isFatal: true }]);
    expect(rowsOf(`a,b\n${"x".repeat(long)},1\n2,3`).map(({ row, defect }) => row ?? defect)).toEqual([
      expect.stringContaining("characters"),
      { a: "2", b: "3" },
    ]);
    expect(rowsOf("a,b\n1,2,3")[0]!.defect).toContain("more cells");
  });

  test("an empty file is none, and a column without a name of its own is not read", () => {
    expect(openTable("")).toMatchObject({ detail: expect.stringContaining("empty") });
    expect(rowsOf("a,,a,b\n1,2,3,4")[0]!.row).toEqual({ a: "1", b: "4" });
  });
});

describe.skipIf(sharedPath("vectors/hostile/csv-formula.json") === undefined)("formula cells", () => {
  const { cells } = JSON.parse(readShared("vectors/hostile/csv-formula.json") ?? '{"cells":[]}') as {
    cells: string[];
  };

  test.each(cells.map((cell) => [cell]))(
    "%j is written so that nothing runs it, and read as it was",
    (cell) => {
      expect(neutralCell(cell)).toBe(`'${cell}`);
      expect(plainCell(neutralCell(cell))).toBe(cell);
      const quoted = `"${neutralCell(cell).replaceAll('"', '""')}"`;
      expect(rowsOf(`id,text\nA,${quoted}`)[0]!.row).toEqual({ id: "A", text: cell });
      const bare = `"${cell.replaceAll('"', '""')}"`;
      expect(rowsOf(`id,text\nA,${bare}`)[0]!.row).toEqual({ id: "A", text: cell });
    },
  );

  test("what is no formula is left alone", () => {
    for (const cell of ["", "tea", "5-1", "it's", "'tis"]) expect(neutralCell(cell)).toBe(cell);
    expect(plainCell("'tis")).toBe("'tis");
  });
});

describe("lines of JSON", () => {
  test("a broken line is told by its number and the others are kept", () => {
    expect(
      [...openLines('{"a":1}\n\n{broken\r\n[1]\n{"a":2}').rows()].map(({ line, row, defect }) => [
        line,
        row ?? defect,
      ]),
    ).toEqual([
      [1, { a: 1 }],
      [3, "The line is not JSON."],
      [4, "The line must be a JSON object."],
      [5, { a: 2 }],
    ]);
  });

  test("an endless line is refused", () => {
    expect([...openLines(`{"a":"${"x".repeat(IMPORT_LIMITS.lineMax)}"}`).rows()][0]!.defect).toContain(
      "characters",
    );
  });
});

test("a file is what its media type says, and nothing else", () => {
  expect(openFile("text/csv; charset=utf-8", "a,b")).toHaveProperty("columns", ["a", "b"]);
  expect(openFile("application/x-ndjson", "{}")).toHaveProperty("columns", []);
  for (const type of ["application/json", "application/gzip", "", undefined, "application/vnd.ms-excel"])
    expect(openFile(type, "a,b")).toBeUndefined();
});
