import { FEED_COLUMNS_MAX, FEED_FIELD_CHARS_MAX, openFeed, type Feed } from "./feed-rows.ts";
import { isFields } from "./read-field.ts";

const LINE_CHARS_MAX = FEED_COLUMNS_MAX * FEED_FIELD_CHARS_MAX;

/**
 * Reads JSON lines. A broken line is a defect at its number; the others are kept. Blank lines are skipped.
 * After 2,000 broken lines reading stops, and the last defect says so.
 */
export function readJsonLines(text: string): Feed {
  const feed = openFeed();
  let from = 0;
  for (let line = 1; from < text.length && !feed.isHopeless(); line++) {
    const end = text.indexOf("\n", from);
    const raw = text.slice(from, end < 0 ? text.length : end).trim();
    from = end < 0 ? text.length : end + 1;
    if (raw === "") continue;
    if (raw.length > LINE_CHARS_MAX) {
      feed.spoil(line, `A line may have at most ${LINE_CHARS_MAX} characters.`);
      continue;
    }
    try {
      feed.add(line, JSON.parse(raw));
    } catch {
      feed.spoil(line, "The line is not JSON.");
    }
  }
  return feed.close();
}

/** Reads a JSON array, or an object whose `items` is one. A row's line is its ordinal. */
export function readJsonArray(text: string): Feed {
  const feed = openFeed();
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    feed.spoil(1, "The document is not JSON.");
    return feed.close();
  }
  const items = isFields(parsed) ? parsed["items"] : parsed;
  if (!Array.isArray(items)) {
    feed.spoil(1, "The document must be an array, or an object whose items are one.");
    return feed.close();
  }
  for (const [index, row] of (items as readonly unknown[]).entries()) feed.add(index + 1, row);
  return feed.close();
}
