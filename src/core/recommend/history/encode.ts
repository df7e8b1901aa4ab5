import type { ItemId } from "../../primitives/ids.ts";
import { HOUR_MS } from "../../primitives/time.ts";
import { gapSpreadMs, heaviestFirst, type Bought, type History } from "./history.ts";

/** What a stored history takes at most, in bytes of UTF-8 as a JSON string. */
export const HISTORY_BYTES_MAX = 2_048;

/*
 * A line of orders and last moment, then a line per item, the heaviest first: numbers in base 36 joined by points, a
 * space, the id. Ids hold no line breaks. Numbers: orders since, hours since; if bought more often also times, weight
 * in hundredths, gaps, mean gap and spread in hours. Trailing zeros are left off.
 */
const WEIGHT_UNITS = 100;

/**
 * The history as text of at most `HISTORY_BYTES_MAX`. Items that no longer fit are left out, the lightest first.
 * Moments are kept to the hour, weights to a hundredth.
 */
export function encodeHistory(history: History): string {
  const lines = [`${history.orders.toString(36)}.${history.lastAt.toString(36)}`];
  let bytes = jsonBytes(lines[0]!) + 2;
  for (const [item, bought] of heaviestFirst(history)) {
    const line = `${numbersOf(history, bought)} ${item}`;
    const size = jsonBytes(line) + 2;
    if (bytes + size > HISTORY_BYTES_MAX) continue;
    bytes += size;
    lines.push(line);
  }
  return lines.join("\n");
}

function numbersOf(history: History, bought: Bought): string {
  const hours = (ms: number) => Math.max(0, Math.round(ms / HOUR_MS));
  const numbers = [history.orders - bought.order, hours(history.lastAt - bought.lastAt)];
  if (bought.times > 1)
    numbers.push(
      bought.times,
      Math.round(bought.weight * WEIGHT_UNITS),
      bought.gaps,
      hours(bought.gapMeanMs),
      hours(gapSpreadMs(bought) ?? 0),
    );
  while (numbers.length > 0 && numbers.at(-1) === 0) numbers.pop();
  return numbers.map((number) => number.toString(36)).join(".");
}

/** The history in a text made by `encodeHistory`. */
export function decodeHistory(text: string): History {
  const [head, ...lines] = text.split("\n");
  const [orders, lastAt] = read(head!);
  const items = new Map<ItemId, Bought>();
  for (const line of lines) {
    const space = line.indexOf(" ");
    const [since = 0, hours = 0, times = 1, hundredths, gaps = 0, meanHours = 0, spreadHours = 0] = read(
      line.slice(0, space),
    );
    items.set(line.slice(space + 1), {
      weight: hundredths === undefined ? 1 : hundredths / WEIGHT_UNITS,
      order: orders! - since,
      lastAt: lastAt! - hours * HOUR_MS,
      times,
      gaps,
      gapMeanMs: meanHours * HOUR_MS,
      gapSquares: (spreadHours * HOUR_MS) ** 2 * Math.max(0, gaps - 1),
    });
  }
  return { orders: orders!, lastAt: lastAt!, items };
}

const read = (numbers: string): number[] =>
  numbers === "" ? [] : numbers.split(".").map((number) => Number.parseInt(number, 36));

/** UTF-8 bytes of a text inside a JSON string, quotes not counted. */
function jsonBytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code < 0x80) bytes += character === '"' || character === "\\" ? 2 : 1;
    else bytes += code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
