import { parseMoment, type EpochMs } from "../primitives/time.ts";

/** How dates may be written. A closed list: a date that could mean two days is never guessed. */
export const DATE_FORMATS = [
  "rfc3339",
  "iso-date",
  "epoch-s",
  "epoch-ms",
  "dd/mm/yyyy",
  "mm/dd/yyyy",
] as const;
export type DateFormat = (typeof DATE_FORMATS)[number];

const TIME = String.raw`(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?)?`;
const ISO = new RegExp(String.raw`^(\d{4})-(\d{2})-(\d{2})${TIME}$`);
const SLASHED = new RegExp(String.raw`^(\d{1,2})[/.](\d{1,2})[/.](\d{4})${TIME}$`);

/**
 * A moment as the file writes it, epoch milliseconds. Dates without a time are midnight at `offset`. Every format also
 * takes RFC 3339 text with an offset, which has one meaning. `undefined` for anything else.
 * @example momentOf("03/04/2026", "dd/mm/yyyy", "+01:00") // 3 April 2026 at 23:00 UTC of the day before
 * @example momentOf("03/04/2026", "rfc3339", "Z") // undefined
 */
export function momentOf(value: unknown, format: DateFormat, offset: string): EpochMs | undefined {
  const text = typeof value === "string" ? value.trim() : value;
  if (typeof text === "number" || (typeof text === "string" && /^\d{1,16}$/.test(text))) {
    const number = Number(text);
    if (format === "epoch-s") return parseMoment(Math.round(number * 1000));
    // Numbers in JSON are epoch milliseconds wherever this product speaks of moments.
    return format === "epoch-ms" || typeof value === "number" ? parseMoment(number) : undefined;
  }
  if (typeof text !== "string") return undefined;
  const exact = parseMoment(text);
  if (exact !== undefined) return exact;
  if (format === "iso-date") {
    const match = ISO.exec(text);
    return match ? at([match[1]!, match[2]!, match[3]!], match.slice(4), offset) : undefined;
  }
  if (format !== "dd/mm/yyyy" && format !== "mm/dd/yyyy") return undefined;
  const match = SLASHED.exec(text);
  if (!match) return undefined;
  const [day, month] = format === "dd/mm/yyyy" ? [match[1]!, match[2]!] : [match[2]!, match[1]!];
  return at([match[3]!, month, day], match.slice(4), offset);
}

const two = (text: string | undefined): string => (text ?? "").padStart(2, "0");

/** Through the one reader of moments, which knows how long each month is. */
function at(date: readonly [string, string, string], time: readonly (string | undefined)[], offset: string) {
  const [year, month, day] = date;
  return parseMoment(
    `${year}-${two(month)}-${two(day)}T${two(time[0])}:${two(time[1])}:${two(time[2])}${offset}`,
  );
}
