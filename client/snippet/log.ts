/** One line of the debug panel. `t` is epoch milliseconds. */
export type LogEntry = { readonly t: number; readonly kind: string; readonly data: unknown };

/** Whether the page was opened with `?concierge=debug`. */
export const isDebug = /[?&]concierge=debug/.test(location.search);

/** What the debug panel reads. Stays empty otherwise. */
export const entries: LogEntry[] = [];

/** Keeps one line for the debug panel; does nothing otherwise. */
export function log(kind: string, data: unknown): void {
  if (isDebug) entries.push({ t: Date.now(), kind, data });
}
