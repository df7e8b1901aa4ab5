import type { Click } from "./click.ts";
import { UsageError } from "./usage-error.ts";

const COLUMNS = ["SessionId", "ItemId", "Time"] as const;

/**
 * Clicks of a file with tab separated session, item and time (epoch seconds, fractions allowed), in the file's order. A
 * header may name the columns in any order; without one they are the first three. `path` is for messages.
 */
export function parseTsv(lines: readonly string[], path: string): Click[] {
  const header = lines[0]!.split("\t").map((name) => name.trim().toLowerCase());
  const hasHeader = !Number.isFinite(Number(header[2] || Number.NaN));
  const named = COLUMNS.map((name) => header.indexOf(name.toLowerCase()));
  const [session, item, time] = named.every((place) => place >= 0) ? named : [0, 1, 2];
  return lines.slice(hasHeader ? 1 : 0).map((line, i) => {
    const cells = line.split("\t");
    const click = {
      session: cells[session!],
      item: cells[item!],
      at: Number(cells[time!] || Number.NaN) * 1000,
    };
    if (click.session && click.item && Number.isFinite(click.at)) return click as Click;
    const number = i + (hasHeader ? 2 : 1);
    throw new UsageError(
      `Line ${number} of ${path} is "${line.slice(0, 80)}". Write SessionId, ItemId and Time in epoch seconds, with tabs between.`,
    );
  });
}
