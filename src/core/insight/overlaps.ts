import { entryOf } from "./accumulator.ts";

/** Beyond so many sets pairs are not counted any more; a site has at most some hundred segments. */
const SETS_MAX = 4096;

/** Counts how many people are in each of some sets that overlap, and in each two of them. */
export class Overlaps {
  readonly names: string[] = [];
  readonly sizes: number[] = [];
  readonly #index = new Map<string, number>();
  readonly #pairs = new Map<number, number>();

  /** One person, with the names of their sets, each once. */
  add(sets: readonly string[]): number[] {
    const ids = sets.map((name) =>
      entryOf(this.#index, name, () => {
        this.sizes.push(0);
        return this.names.push(name) - 1;
      }),
    );
    ids.forEach((id, i) => {
      this.sizes[id]!++;
      for (let j = 0; j < i; j++) {
        const key = keyOf(id, ids[j]!);
        this.#pairs.set(key, (this.#pairs.get(key) ?? 0) + 1);
      }
    });
    return ids;
  }

  /** People in both of two sets, by their places in `names`. */
  readonly shared = (a: number, b: number): number => this.#pairs.get(keyOf(a, b)) ?? 0;

  /** Every two sets that somebody is in both of. */
  pairs(): { readonly a: number; readonly b: number; readonly people: number }[] {
    return [...this.#pairs].map(([key, people]) => ({
      a: Math.floor(key / SETS_MAX),
      b: key % SETS_MAX,
      people,
    }));
  }
}

const keyOf = (a: number, b: number): number => Math.min(a, b) * SETS_MAX + Math.max(a, b);
