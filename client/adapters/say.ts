type Call = (...call: readonly unknown[]) => void;
type Page = { concierge?: Call & { q?: unknown[] } };

/**
 * Says something to the snippet, now or as soon as it is there: the queue of the documented stub.
 * @example say("consent", { analytics: true }, "tcf")
 */
export function say(...call: readonly [name: string, input?: unknown, source?: string]): void {
  const page = window as unknown as Page;
  page.concierge ??= (...late) => {
    (page.concierge!.q ??= []).push(late);
  };
  page.concierge(...call);
}
