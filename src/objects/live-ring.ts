import type { ActFact } from "../core/recommend/fact.ts";
import type { EpochMs } from "../core/primitives/time.ts";
import type { Entry } from "./behaviour-entries.ts";

/** Something that somebody just did. Nothing here says who. */
export type LiveAct = Pick<ActFact, "kind" | "items" | "at"> & { readonly seq: number };

const KEPT = 200;
/** What is older when it comes in was imported, and is not happening now. */
const LIVE_MS = 10 * 60_000;

/** The latest acts, in memory only: it is about now, and costs no row. */
export class LiveRing {
  readonly #kept: LiveAct[] = [];
  #seq = 0;

  note(entries: readonly Entry[], now: EpochMs): void {
    for (const [, , facts] of entries)
      for (const { kind, items, at } of facts)
        if (at > now - LIVE_MS) this.#kept.push({ seq: ++this.#seq, kind, items: items.slice(0, 5), at });
    if (this.#kept.length > KEPT) this.#kept.splice(0, this.#kept.length - KEPT);
  }

  /** What came after a sequence, the newest last. After a restart sequences begin anew: then everything that is there. */
  after(seq: number): { readonly acts: readonly LiveAct[]; readonly seq: number } {
    const from = seq > this.#seq ? 0 : seq;
    return { acts: this.#kept.filter((act) => act.seq > from), seq: this.#seq };
  }
}
