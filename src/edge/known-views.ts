import type { EpochMs } from "../core/primitives/time.ts";
import { decodeView, type Spoken, type View } from "../core/profile/view.ts";

/** What may be kept, as the length of the texts that views came as: some 16 MB once they are decoded. */
const LENGTH_MAX = 4_000_000;
/** Who was not asked about for so long is forgotten when next anybody is. */
const AGE_MS_MAX = 60_000;

/** What an object said, and the mark by which it knows whether it would say the same. */
export type KnownView = { readonly mark: string; readonly view: View; readonly length: number };

/** By the id of the object; whoever was asked about last stands last. */
const kept = new Map<string, KnownView & { readonly heardAt: EpochMs }>();
let length = 0;

/** What this isolate knows of somebody, to be confirmed by their object before it is used. */
export const knownView = (object: string): KnownView | undefined => kept.get(object);

/**
 * The view that an object answered with, or what it said instead. A page asks about the same person click after click, so a view
 * is decoded once for as long as the object says it is the same. Nothing kept is used without the object's own word, given
 * for this very request; whoever denies, is erased or becomes somebody else is forgotten at once.
 * @param known what was known when it was asked
 */
export function hearView(
  object: string,
  known: KnownView | undefined,
  said: Spoken,
  now: EpochMs,
): View | "unknown" | "denied" | "joined" {
  drop(object);
  for (const [oldest, { heardAt }] of kept) {
    if (now - heardAt < AGE_MS_MAX) break;
    drop(oldest);
  }
  if (said === "unknown" || said === "denied" || said === "joined") return said;
  // "same" is only said to who sent a mark.
  const one =
    said === "same" ? known! : { mark: said.mark, view: decodeView(said.text), length: said.text.length };
  keep(object, one, now);
  return one.view;
}

function keep(object: string, one: KnownView, now: EpochMs): void {
  if (one.length > LENGTH_MAX) return;
  kept.set(object, { ...one, heardAt: now });
  length += one.length;
  for (const oldest of kept.keys()) {
    if (length <= LENGTH_MAX) break;
    drop(oldest);
  }
}

function drop(object: string): void {
  length -= kept.get(object)?.length ?? 0;
  kept.delete(object);
}
