// Also after a quote or a separator, and in full-width forms: spreadsheets run those too.
const FORMULA = /^["';]?[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;
const GUARDED = /^'(?=["';]?[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])/;

/**
 * A cell that a spreadsheet shows and does not run: text that starts like a formula gets an apostrophe before it.
 * Source: OWASP ASVS 5.0, 1.2.10.
 * @example neutralCell("=1+1") // "'=1+1"
 */
export const neutralCell = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** The text of a cell: takes away exactly the one apostrophe that `neutralCell` adds. @example plainCell("'=1+1") // "=1+1" */
export const plainCell = (text: string): string => text.replace(GUARDED, "");
