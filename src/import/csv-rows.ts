import { IMPORT_LIMITS } from "../core/import/import-kind.ts";
import { plainCell } from "../core/import/plain-cell.ts";
import type { SourceRow } from "../core/import/row-reader.ts";
import { csvRecords, type CsvRecord } from "./csv-records.ts";
import { delimiterOf } from "./feed-table.ts";

/** A row of a file with its place, or why it is none. */
export type FileRow = {
  readonly line: number;
  /** Where it starts in the text; `rowAt` reads it again from there. */
  readonly from: number;
  readonly row?: SourceRow;
  readonly defect?: string;
  /** Nothing behind the defect can be trusted: the whole file is refused. */
  readonly isFatal?: boolean;
};

/** A file whose rows can be read in order and again. */
export type RowSource = {
  readonly columns: readonly string[];
  rows(): Generator<FileRow>;
  rowAt(from: number, line: number): FileRow;
};

/** Why the whole file is refused. */
export type Unreadable = { readonly line: number; readonly detail: string };

/**
 * Opens a table: comma, semicolon, tab or bar, whichever its header uses. A column without a name, or with one that has
 * occurred before, is not read. Formula cells are text like any other.
 */
export function openTable(text: string): RowSource | Unreadable {
  const delimiter = delimiterOf(text.slice(0, IMPORT_LIMITS.columnsMax * 256));
  const header = csvRecords(text, delimiter).next().value as CsvRecord | undefined;
  if (!header) return { line: 1, detail: "The file is empty: its first line must name the columns." };
  if (header.defect !== undefined) return { line: header.line, detail: header.defect };
  const names = header.cells.map((name) => name.trim());
  const columns = names.map((name, index) => (names.indexOf(name) === index ? name : ""));
  const read = (record: CsvRecord): FileRow => {
    const { line, from, cells, defect, isFatal } = record;
    if (defect !== undefined) return { line, from, defect, ...(isFatal ? { isFatal } : {}) };
    if (cells.length > columns.length)
      return { line, from, defect: "The row has more cells than the header." };
    const row: [string, string][] = [];
    for (const [index, cell] of cells.entries())
      if (columns[index] !== "") row.push([columns[index]!, plainCell(cell)]);
    return { line, from, row: Object.fromEntries(row) };
  };
  return {
    columns: columns.filter((name) => name !== ""),
    *rows() {
      let isHeader = true;
      for (const record of csvRecords(text, delimiter)) {
        if (!isHeader) yield read(record);
        isHeader = false;
      }
    },
    rowAt: (from, line) => read(csvRecords(text, delimiter, from, line).next().value as CsvRecord),
  };
}
