import Papa from "papaparse";
import { FEED_COLUMNS_MAX, openFeed, type Feed } from "./feed-rows.ts";

// Spreadsheets run a cell that starts so; our exports put an apostrophe before it, and reading takes exactly that one away.
const GUARDED = /^'(?=["';]?[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])/;

/** The separator that the header uses most, outside quotes. @example delimiterOf("a;b;c\n1;2,5;3") // ";" */
export function delimiterOf(text: string): string {
  const counts = new Map([",", ";", "\t", "|"].map((delimiter) => [delimiter, 0]));
  let isQuoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (character === "\n" || character === "\r")) break;
    else if (!isQuoted && counts.has(character)) counts.set(character, counts.get(character)! + 1);
  }
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

function countBreaks(text: string, from: number, to: number, linebreak: string): number {
  let breaks = 0;
  for (let at = text.indexOf(linebreak, from); at >= 0 && at < to; at = text.indexOf(linebreak, at + 1))
    breaks++;
  return breaks;
}

/**
 * Reads a table whose first line names its columns. A row's line is the physical line it starts on. Columns without a
 * name, and those whose name has occurred before, are skipped; missing cells at a row's end are absent.
 */
export function readTable(text: string, delimiter: string): Feed {
  const feed = openFeed();
  let header: readonly string[] | undefined;
  let line = 1;
  let cursor = 0;
  Papa.parse<readonly string[]>(text, {
    delimiter,
    step: ({ data: cells, errors, meta }, run) => {
      const start = line;
      line += countBreaks(text, cursor, meta.cursor, meta.linebreak);
      cursor = meta.cursor;
      if (cells.every((cell) => cell.trim() === "") && errors.length === 0) return;
      if (header === undefined) {
        header = cells.map((name) => name.trim());
        if (header.length <= FEED_COLUMNS_MAX && errors.length === 0) return;
        feed.spoil(start, `The header must be well quoted and name at most ${FEED_COLUMNS_MAX} columns.`);
        run.abort();
        return;
      }
      if (errors.length > 0) feed.spoil(start, "The row's quotes do not close properly.");
      else if (cells.length > header.length) feed.spoil(start, "The row has more cells than the header.");
      else feed.add(start, rowOf(header, cells));
    },
  });
  return feed.close();
}

function rowOf(header: readonly string[], cells: readonly string[]): { readonly [column: string]: string } {
  const row = new Map<string, string>();
  for (const [index, cell] of cells.entries()) {
    const name = header[index] ?? "";
    if (name !== "" && !row.has(name)) row.set(name, cell.replace(GUARDED, ""));
  }
  return Object.fromEntries(row);
}
