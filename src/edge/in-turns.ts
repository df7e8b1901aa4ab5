import type { Steps } from "../core/primitives/steps.ts";

/** Does long work with a pause after each step, in which whoever asks meanwhile is answered. */
export async function inTurns<T>(steps: Steps<T>): Promise<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await scheduler.wait(0);
  }
}
