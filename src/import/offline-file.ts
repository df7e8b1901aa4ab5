import { openTable, type RowSource, type Unreadable } from "./csv-rows.ts";
import { openLines } from "./ndjson-rows.ts";

/** The formats of an import, by media type. */
const LINES = /^application\/(x-)?(ndjson|jsonl|jsonlines)$/;
const TABLE = /^(text\/(x-)?csv|text\/tab-separated-values|application\/csv)$/;

/**
 * Opens a file by its media type. `undefined`: the type is none of ours. What a file is, is never guessed from its looks:
 * a broken table would become strange JSON, or the other way round.
 */
export function openFile(contentType: string | undefined, text: string): RowSource | Unreadable | undefined {
  const media = (contentType ?? "").split(";")[0]!.trim().toLowerCase();
  if (LINES.test(media)) return openLines(text);
  return TABLE.test(media) ? openTable(text) : undefined;
}
