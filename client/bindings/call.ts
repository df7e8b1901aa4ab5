import type { Concierge } from "./types.ts";

// Does what the inline stub does, on pages that have none.
const waiting = (...call: unknown[]): void => void waiting.q.push(call);
waiting.q = [] as unknown[][];

/** Calls `window.concierge`; where the script is not there yet, the call waits for it. */
export const call: Concierge = (...input: unknown[]): void => {
  const page = window as unknown as { concierge?: typeof waiting };
  (page.concierge ??= waiting)(...input);
};
