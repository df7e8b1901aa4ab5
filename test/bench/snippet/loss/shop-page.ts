import type { Page } from "playwright-core";

/** An event as a shop's page tells it. */
export type Fields = { readonly type: string; readonly [field: string]: unknown };

/**
 * Event number `n`, of several types by turns; at least so many bytes long. Its page's address is its mark, by which it is
 * found again, whatever its type.
 */
export function eventOf(n: number, mark: string, bytes: number): Fields {
  // The longest text a fact may have is a little longer.
  const facts = Object.fromEntries(
    Array.from({ length: Math.ceil(bytes / 1000) }, (_, at) => [`f${at}`, "x".repeat(1000)]),
  );
  const item = `p${n % 24}`;
  const kinds: readonly Fields[] = [
    { type: "custom", name: "loss", facts: { n, ...facts } },
    { type: "product_viewed", item },
    { type: "product_added", item, quantity: 1 },
    { type: "product_wished", item },
  ];
  return { ...kinds[bytes > 0 ? 0 : n % kinds.length]!, page: { url: mark } };
}

/** In the page: tells of events and, in the same task, goes elsewhere. */
export function tellAll({
  events,
  to,
}: {
  readonly events: readonly Fields[];
  readonly to?: string | undefined;
}): void {
  for (const event of events) window.concierge!(...(["track", event] as never[]));
  if (to !== undefined) location.href = to;
}

/** Whether the page keeps no event on the device. Where storage is forbidden nothing is kept. */
export function keepsNothing(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    try {
      return !Object.entries(localStorage).some(
        ([name, text]) => name.startsWith("concierge.queue") && String(text).length > 2,
      );
    } catch {
      return true;
    }
  });
}

export const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Looks again and again; gives up silently: what has not come is counted as missing. */
export async function until(ms: number, isSo: () => boolean | Promise<boolean>): Promise<boolean> {
  for (const end = Date.now() + ms; Date.now() < end; await wait(50)) if (await isSo()) return true;
  return false;
}
