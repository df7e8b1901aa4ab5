import { IMPORT_LIMITS } from "../core/import/import-kind.ts";
import type { FileRow, RowSource } from "./csv-rows.ts";
import { isFields } from "./read-field.ts";

/** Opens JSON lines: one object per line, blank lines skipped. */
export function openLines(text: string): RowSource {
  const rowAt = (from: number, line: number): FileRow => {
    const end = text.indexOf("\n", from);
    const length = (end < 0 ? text.length : end) - from;
    if (length > IMPORT_LIMITS.lineMax)
      return { line, from, defect: `A line may have at most ${IMPORT_LIMITS.lineMax} characters.` };
    try {
      const row: unknown = JSON.parse(text.slice(from, from + length));
      return isFields(row) ? { line, from, row } : { line, from, defect: "The line must be a JSON object." };
    } catch {
      return { line, from, defect: "The line is not JSON." };
    }
  };
  return {
    columns: [],
    *rows() {
      for (let from = 0, line = 1; from < text.length; line++) {
        const end = text.indexOf("\n", from);
        const next = end < 0 ? text.length : end;
        if (next - from > IMPORT_LIMITS.lineMax || text.slice(from, next).trim() !== "")
          yield rowAt(from, line);
        from = next + 1;
      }
    },
    rowAt,
  };
}
