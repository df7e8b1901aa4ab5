import type { ResolvedEvent } from "../core/event/resolved.ts";
import { HOUR_MS, type EpochMs } from "../core/primitives/time.ts";
import { objectId } from "./names.ts";
import type { Asker } from "./person.ts";

/**
 * References that no item answered to, for the shop to mend. They are text that a page wrote, so they lie in an object of
 * their own per half day, which clears itself before the day is over: nobody's text stays longer.
 */
const SLICE_MS = 12 * HOUR_MS;

/** Shorter where the deployment clears shared logs sooner than in a day: two slices are never older than that. */
function sliceMs({ CLEAR_AFTER_MS }: { readonly CLEAR_AFTER_MS?: string }): number {
  const half = Number(CLEAR_AFTER_MS ?? 0) / 2;
  return half >= 1 ? Math.min(half, SLICE_MS) : SLICE_MS;
}

const sliceAt = (at: EpochMs, lengthMs: number): number => Math.floor(at / lengthMs);

/** The objects that hold the references of today, the running half day first. */
export async function unmatchedSlices(
  { env, siteId }: Pick<Asker, "env" | "siteId">,
  now: EpochMs,
): Promise<DurableObjectId[]> {
  const slice = sliceAt(now, sliceMs(env));
  return Promise.all([slice, slice - 1].map((one) => objectId(env, "unmatched", siteId, String(one))));
}

/** Notes what accepted events named in vain. A report, not a number anybody is paid by: a crash may lose some. */
export function noteUnmatched(asker: Asker, events: readonly ResolvedEvent[]): void {
  const refs = events.flatMap((event) =>
    (event.unmatched ?? []).map((ref) => ({ ref, page: event.page?.url ?? "" })),
  );
  if (refs.length === 0) return;
  const now = Date.now();
  const lengthMs = sliceMs(asker.env);
  const clearAt = (sliceAt(now, lengthMs) + 2) * lengthMs;
  asker.ctx.waitUntil(
    unmatchedSlices(asker, now)
      .then(([current]) => asker.env.UNMATCHED.get(current!).note(refs, clearAt))
      .catch((error: unknown) => console.error(JSON.stringify({ at: "unmatched", error: String(error) }))),
  );
}
