import { ConciergeProblem } from "./problem.ts";

/** ms before the second try at most; doubles with each further one. */
const FIRST_PAUSE_MS = 250;
/** ms between two tries at most, unless the Worker asks for more. */
const PAUSE_MS_MAX = 5_000;
/** ms that we wait because the Worker asks; whoever is told to wait longer decides for themselves. */
const PATIENCE_MS = 30_000;

/** Statuses after which the same request may fare better: too much, a broken way, a restart. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);
/** Refusals that stay, whatever their status. */
const LASTING = new Set(["not_configured", "storage_full"]);

/** Whether what went wrong may pass by itself. */
export const mayPass = ({ code, status }: ConciergeProblem): boolean =>
  code === "unreachable" || code === "timed_out" || (PASSING.has(status) && !LASTING.has(code));

/**
 * How long to wait before the next try, in milliseconds; `undefined`: not worth it. Chance spreads those whom the same fault
 * hit at once; what the Worker asks for is the least.
 * @param tries how many there were already
 * @param chance within [0, 1)
 * @example pauseBefore(1, problem, 0.5) // 125
 */
export function pauseBefore(tries: number, problem: ConciergeProblem, chance: number): number | undefined {
  if (!mayPass(problem)) return undefined;
  const longest = Math.min(PAUSE_MS_MAX, FIRST_PAUSE_MS * 2 ** (tries - 1));
  const asked = problem.retryAfterMs ?? 0;
  return asked > PATIENCE_MS ? undefined : asked + chance * longest;
}

/** Waits, or ends with the reason for which the caller gave up. */
export function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      clearTimeout(timer);
      reject(signal!.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", giveUp);
      resolve();
    }, ms);
    if (signal?.aborted) giveUp();
    else signal?.addEventListener("abort", giveUp, { once: true });
  });
}
