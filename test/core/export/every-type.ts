import { column, type Row } from "../../../src/core/export/column.ts";

/** A table with a column of each type. */
export const EVERY_TYPE = {
  text: column("string", "Text."),
  share: column("double", "A number."),
  count: column("int64", "A whole number."),
  at: column("timestamp", "A moment."),
  isSo: column("boolean", "Yes or no."),
  what: column("json", "Anything."),
} as const;

/** Rows with what a writer could trip over. */
export const ODD_ROWS: readonly Row[] = [
  { text: "plain", share: 0.1, count: 1, at: 1_774_747_800_123, isSo: true, what: { a: [1, null, "x"] } },
  {},
  { text: "", share: -0, count: 0, at: 0, isSo: false, what: [] },
  { text: 'naïve 日本語 🙂 \u0000 "quoted"\n\u2028', share: Number.MIN_VALUE, what: "a text" },
  { count: Number.MAX_SAFE_INTEGER, share: Number.MAX_VALUE, what: 0, at: -62_135_596_800_000 },
  { count: Number.MIN_SAFE_INTEGER, share: -1e-300, what: false, at: 253_402_300_799_999 },
  { what: { deep: { deeper: [{ "": "empty name" }] }, ключ: "знач" } },
];

/** Texts cut in the middle of a character, and what they become. */
export const CUT_ROW: Row = { text: "a\ud83d", what: { "k\udc00": ["\ud800b", { ok: "🙂" }] } };
export const MENDED_ROW: Row = { text: "a\ufffd", what: { "k\ufffd": ["\ufffdb", { ok: "🙂" }] } };
