const full = new Intl.DateTimeFormat("en", { dateStyle: "long", timeStyle: "short" });
const day = new Intl.DateTimeFormat("en", { dateStyle: "medium" });
const time = new Intl.DateTimeFormat("en", { timeStyle: "short" });

/** A moment in full. @example momentText(Date.UTC(2026, 4, 3, 12)) // "May 3, 2026 at 12:00 PM", in UTC */
export const momentText = (at: number | string): string => full.format(new Date(at));

/** A moment as one says it in passing. @example sinceText(now, now) // "today, 2:05 PM" */
export function sinceText(at: number, now = Date.now()): string {
  const [then, today] = [new Date(at), new Date(now)];
  if (then.toDateString() === today.toDateString()) return `today, ${time.format(then)}`;
  const yesterday = new Date(now - 86_400_000);
  return then.toDateString() === yesterday.toDateString()
    ? `yesterday, ${time.format(then)}`
    : day.format(then);
}
