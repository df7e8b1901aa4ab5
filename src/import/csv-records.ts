import { IMPORT_LIMITS } from "../core/import/import-kind.ts";

/** One record of a table. `from` is where it starts in the text, so that it can be read again. */
export type CsvRecord = {
  /** The physical line it starts on, counted from 1. */
  readonly line: number;
  readonly from: number;
  readonly cells: readonly string[];
  /** Why the record cannot be used. */
  readonly defect?: string;
  /** The defect is one after which nothing more can be trusted. */
  readonly isFatal?: boolean;
};

const QUOTE = 34;
const RETURN = 13;
const FEED = 10;

/**
 * Reads comma-separated values (RFC 4180) one record at a time, so that caps hold while it reads and a caller can stop,
 * wait, or begin again at any record. Lines end in LF, CRLF or CR. Blank lines are skipped. A quote that never closes,
 * or not within the longest field, is told with the line it was opened on, and reading stops there.
 */
export function* csvRecords(text: string, delimiter: string, from = 0, firstLine = 1): Generator<CsvRecord> {
  const separator = delimiter.charCodeAt(0);
  let at = from;
  let line = firstLine;
  while (at < text.length) {
    const first = text.charCodeAt(at);
    if (first === FEED || first === RETURN) {
      at += first === RETURN && text.charCodeAt(at + 1) === FEED ? 2 : 1;
      line++;
      continue;
    }
    const start = at;
    const startLine = line;
    const cells: string[] = [];
    let defect: string | undefined;
    for (let isRecord = true; isRecord;) {
      let cell: string;
      if (text.charCodeAt(at) === QUOTE) {
        const opened = line;
        const quoted = readQuoted(text, at + 1);
        if (typeof quoted === "string") {
          const fatal = `The quote that was opened on line ${opened} ${quoted}`;
          yield { line: startLine, from: start, cells, defect: fatal, isFatal: true };
          return;
        }
        cell = quoted.cell;
        line += breaksIn(cell);
        at = quoted.end;
        const next = text.charCodeAt(at);
        if (at < text.length && next !== separator && next !== RETURN && next !== FEED) {
          defect ??= "Something stands between a closing quote and the next separator.";
          at = endOfCell(text, at, separator);
        }
      } else {
        const end = endOfCell(text, at, separator);
        cell = text.slice(at, end);
        at = end;
      }
      if (cell.length > IMPORT_LIMITS.fieldMax)
        defect ??= `A field may have at most ${IMPORT_LIMITS.fieldMax} characters.`;
      if (cells.length === IMPORT_LIMITS.columnsMax) {
        const fatal = `A row may have at most ${IMPORT_LIMITS.columnsMax} columns.`;
        yield { line: startLine, from: start, cells, defect: fatal, isFatal: true };
        return;
      }
      cells.push(cell);
      isRecord = text.charCodeAt(at) === separator && at < text.length;
      if (isRecord) at++;
    }
    if (text.charCodeAt(at) === RETURN) at += text.charCodeAt(at + 1) === FEED ? 2 : 1;
    else if (at < text.length) at++;
    line++;
    const isBlank = cells.length === 1 && first !== QUOTE && cells[0]!.trim() === "";
    if (!isBlank) yield { line: startLine, from: start, cells, ...(defect === undefined ? {} : { defect }) };
  }
}

/**
 * A quoted cell from behind its quote, with doubled quotes made one; or what is wrong with it. A cell longer than any
 * field is most often a quote that was meant to close long before, so nothing after it can be trusted either.
 */
function readQuoted(text: string, from: number): { readonly cell: string; readonly end: number } | string {
  let cell = "";
  let at = from;
  while (cell.length <= IMPORT_LIMITS.fieldMax) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return "is never closed.";
    if (quote - at > IMPORT_LIMITS.fieldMax) break;
    cell += text.slice(at, quote);
    if (text.charCodeAt(quote + 1) !== QUOTE) return { cell, end: quote + 1 };
    cell += '"';
    at = quote + 2;
  }
  return `does not close within ${IMPORT_LIMITS.fieldMax} characters.`;
}

function endOfCell(text: string, from: number, separator: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === separator || code === FEED || code === RETURN) break;
  }
  return at;
}

/** Line breaks within a cell: LF, CRLF or CR. */
function breaksIn(cell: string): number {
  let breaks = 0;
  for (let i = 0; i < cell.length; i++) {
    const code = cell.charCodeAt(i);
    if (code === FEED || (code === RETURN && cell.charCodeAt(i + 1) !== FEED)) breaks++;
  }
  return breaks;
}
