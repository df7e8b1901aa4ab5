import type { ResolvedEvent } from "../core/event/resolved.ts";
import { HOUR_MS, type EpochMs } from "../core/primitives/time.ts";
import { objectId } from "./names.ts";
import type { Asker } from "./person.ts";

/**
 * References that no item answered to, for the shop to mend. They are text that a page wrote, so they lie in an object of
 * their own per half day, which clears itself before the day is over: nobody's text stays longer.
 */
const SLICE_MS = 12 * HOUR_MS;

const sliceAt = (at: EpochMs): number => Math.floor(at / SLICE_MS);

/** The objects that hold the references of today, the running half day first. */
export async function unmatchedSlices(
  { env, siteId }: Pick<Asker, "env" | "siteId">,
  now: EpochMs,
): Promise<DurableObjectId[]> {
  const slice = sliceAt(now);
  return Promise.all([slice, slice - 1].map((one) => objectId(env, "unmatched", siteId, String(one))));
}

/** Notes what accepted events named in vain. A report, not a number anybody is paid by: a crash may lose some. */
export function noteUnmatched(asker: Asker, events: readonly ResolvedEvent[]): void {
  const refs = events.flatMap((event) =>
    (event.unmatched ?? []).map((ref) => ({ ref, page: event.page?.url ?? "" })),
  );
  if (refs.length === 0) return;
  const now = Date.now();
  const clearAt = (sliceAt(now) + 2) * SLICE_MS;
  asker.ctx.waitUntil(
    unmatchedSlices(asker, now)
      .then(([current]) => asker.env.UNMATCHED.get(current!).note(refs, clearAt))
      .catch((error: unknown) => console.error(JSON.stringify({ at: "unmatched", error: String(error) }))),
  );
}
