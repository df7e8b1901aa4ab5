/** What a shop can bring in from outside, one kind per file. The words stand in addresses. */
export const IMPORT_KINDS = ["orders", "customers", "surveys", "reviews", "notes", "events"] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

export const isImportKind = (text: string): text is ImportKind =>
  (IMPORT_KINDS as readonly string[]).includes(text);

/** Caps of one file, each with its unit. Beyond the first two the file is refused, beyond the others the row. */
export const IMPORT_LIMITS = {
  /** rows after the header; a bigger history comes in several files. */
  rowsMax: 200_000,
  /** columns of the header. */
  columnsMax: 1_000,
  /** UTF-16 units of one field. */
  fieldMax: 16 * 1024,
  /** UTF-16 units of one line of JSON. */
  lineMax: 256 * 1024,
  /** nesting of one line of JSON. */
  depthMax: 12,
  /** wrong rows that are told one by one; of the others only the number is kept. */
  errorsShownMax: 100,
} as const;
