import { isFields } from "./read-field.ts";

/** Rows of a feed with their places, and what could not be read. `line` counts from 1. */
export type Feed = {
  readonly rows: readonly { readonly line: number; readonly row: unknown }[];
  readonly defects: readonly { readonly line: number; readonly detail: string }[];
};

/** Fields of one row. Beyond it the row, or the whole table whose header it is, is a defect. */
export const FEED_COLUMNS_MAX = 64;
/** characters of one field. A row with a longer one is a defect. */
export const FEED_FIELD_CHARS_MAX = 8 * 1024;
/** defects told one by one; the rest are counted in a last one, so that a broken feed does not fill the memory. */
export const FEED_DEFECTS_MAX = 200;

/** broken rows after which reading stops. Each costs an exception: a megabyte of them would take many seconds. */
export const FEED_BROKEN_MAX = 2_000;

/** Why a row is beyond the bounds; `undefined` when it is not. */
export function rowExcess(row: unknown): string | undefined {
  if (!isFields(row)) return undefined;
  const values = Object.values(row);
  if (values.length > FEED_COLUMNS_MAX) return `A row may have at most ${FEED_COLUMNS_MAX} fields.`;
  const isLong = values.some((value) => typeof value === "string" && value.length > FEED_FIELD_CHARS_MAX);
  return isLong ? `A field may have at most ${FEED_FIELD_CHARS_MAX} characters.` : undefined;
}

/** Collects a feed while it is read. Rows beyond the bounds become defects. */
export function openFeed() {
  const rows: { readonly line: number; readonly row: unknown }[] = [];
  const defects: { readonly line: number; readonly detail: string }[] = [];
  let more = 0;
  let isStopped = false;
  let lastLine = 0;
  const spoil = (line: number, detail: string): void => {
    lastLine = line;
    if (defects.length < FEED_DEFECTS_MAX) defects.push({ line, detail });
    else more++;
  };
  return {
    spoil,
    add(line: number, row: unknown): void {
      const excess = rowExcess(row);
      if (excess === undefined) rows.push({ line, row });
      else spoil(line, excess);
    },
    /** Whether so much is broken that the rest is not worth reading; `close` then says that reading stopped. */
    isHopeless(): boolean {
      isStopped = defects.length + more >= FEED_BROKEN_MAX;
      return isStopped;
    },
    close(): Feed {
      if (more > 0) {
        const stopped = isStopped ? " Reading stopped here." : "";
        defects.push({ line: lastLine, detail: `${more} more rows could not be read.${stopped}` });
      }
      return { rows, defects };
    },
  };
}
