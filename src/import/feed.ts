import { readJsonArray, readJsonLines } from "./feed-json.ts";
import type { Feed } from "./feed-rows.ts";
import { delimiterOf, readTable } from "./feed-table.ts";
import { readXmlFeed } from "./feed-xml.ts";
import { isFields } from "./read-field.ts";

/** The formats in which a shop may hand over rows. */
export const FEED_FORMATS = ["ndjson", "json", "tsv", "csv", "xml"] as const;
export type FeedFormat = (typeof FEED_FORMATS)[number];

const MEDIA_TYPES: readonly (readonly [format: FeedFormat, pattern: RegExp])[] = [
  ["ndjson", /[/+-](x-)?(ndjson|jsonl|jsonlines|json-seq)\b/],
  ["json", /[/+]json\b/],
  ["tsv", /\/(tab-separated-values|tsv)\b/],
  ["csv", /\/(x-)?csv\b/],
  ["xml", /[/+]xml\b/],
];

// A byte order mark is a habit of spreadsheets, not part of the first name.
const withoutMark = (text: string): string => (text.startsWith("\uFEFF") ? text.slice(1) : text);

/**
 * Reads rows out of a text. Never throws: what cannot be read is told in `defects`, with its line, and the rest is kept.
 * For JSON arrays and XML a line is the ordinal of the item. What a row means is not looked at here.
 * @example readFeed('{"id":"A"}\nbroken', "ndjson")
 * // { rows: [{ line: 1, row: { id: "A" } }], defects: [{ line: 2, detail: "The line is not JSON." }] }
 */
export function readFeed(text: string, format: FeedFormat): Feed {
  const body = withoutMark(text);
  switch (format) {
    case "ndjson":
      return readJsonLines(body);
    case "json":
      return readJsonArray(body);
    case "tsv":
      return readTable(body, "\t");
    case "csv":
      return readTable(body, delimiterOf(body));
    case "xml":
      return readXmlFeed(body);
  }
}

/**
 * The format of a feed: by its media type, else by how the text begins. `undefined` when neither tells.
 * @example feedFormatOf("text/plain", "id\ttitle\n") // "tsv"
 */
export function feedFormatOf(contentType: string | null | undefined, text: string): FeedFormat | undefined {
  const media = (contentType ?? "").split(";")[0]!.trim().toLowerCase();
  const told = MEDIA_TYPES.find(([, pattern]) => pattern.test(media));
  if (told) return told[0];
  const body = withoutMark(text).trimStart();
  if (body.startsWith("<")) return "xml";
  if (body.startsWith("[")) return "json";
  const firstLine = body.split("\n", 1)[0]!;
  if (body.startsWith("{")) {
    try {
      const first: unknown = JSON.parse(firstLine);
      return isFields(first) && Array.isArray(first["items"]) ? "json" : "ndjson";
    } catch {
      return "json";
    }
  }
  if (firstLine.includes("\t")) return "tsv";
  return /[,;|]/.test(firstLine) ? "csv" : undefined;
}
