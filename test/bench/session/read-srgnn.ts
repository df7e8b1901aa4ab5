import type { Trial, Visit } from "./click.ts";
import { UsageError } from "./usage-error.ts";

/** These files tell the order of sessions only: one a minute stands in for the time. */
const MINUTE_MS = 60_000;

/** Training sessions, one a line, items between spaces or commas. They are given a minute each. */
export function parseSequences(lines: readonly string[]): Visit[] {
  return lines.map((line, i) => visitOf(`train-${i + 1}`, itemsOf(line), i * MINUTE_MS));
}

/**
 * Test lines `prefix TAB target`. The prefixes of one session, which follow each other in these files, longest or
 * shortest first, are put together again, so that a session can be learned as it goes on. `startAt`: the moment of the
 * first. `path` is for messages.
 */
export function parseExamples(lines: readonly string[], startAt: number, path: string): Trial[] {
  const sessions: { items: string[]; from: number }[] = [];
  let before: { prefix: string[]; all: string[] } | undefined;
  for (const [i, line] of lines.entries()) {
    const [left, target, ...more] = line.split("\t").map((part) => part.trim());
    const prefix = itemsOf(left ?? "");
    if (!target || more.length > 0 || prefix.length === 0) {
      throw new UsageError(
        `Line ${i + 1} of ${path} is "${line.slice(0, 80)}". Write the items seen, a tab, and the item to guess.`,
      );
    }
    const all = [...prefix, target];
    const last = sessions.at(-1);
    if (last && before && isSame(all, before.prefix)) last.from = prefix.length;
    else if (last && before && isSame(prefix, before.all)) last.items = all;
    else sessions.push({ items: all, from: prefix.length });
    before = { prefix, all };
  }
  return sessions.map(({ items, from }, i) => ({
    ...visitOf(`test-${i + 1}`, items, startAt + i * MINUTE_MS),
    from,
  }));
}

const itemsOf = (text: string) => text.split(/[\s,]+/).filter(Boolean);

const isSame = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((item, i) => item === b[i]);

const visitOf = (id: string, items: readonly string[], startAt: number): Visit => ({
  id,
  clicks: items.map((item, i) => ({ session: id, item, at: startAt + (i * MINUTE_MS) / items.length })),
});
