import { entryOf } from "./accumulator.ts";

/** Counts how many people are in each of some sets that overlap, and in each two of them. */
export class Overlaps {
  readonly names: string[] = [];
  readonly sizes: number[] = [];
  readonly #index = new Map<string, number>();
  /** People in both of two sets, the later one's row first; as wide as there may be sets for now. */
  #pairs = new Uint32Array(0);
  #width = 0;

  /** One person, with the names of their sets, each once. Answers the sets' places in `names`. */
  add(sets: readonly string[]): number[] {
    const ids = sets.map((name) =>
      entryOf(this.#index, name, () => {
        this.sizes.push(0);
        return this.names.push(name) - 1;
      }),
    );
    if (this.names.length > this.#width) this.#widen();
    for (let i = 0; i < ids.length; i++) {
      this.sizes[ids[i]!]!++;
      for (let j = 0; j < i; j++) this.#pairs[this.#at(ids[i]!, ids[j]!)]!++;
    }
    return ids;
  }

  /** People in both of two sets, by their places in `names`. */
  readonly shared = (a: number, b: number): number => this.#pairs[this.#at(a, b)]!;

  #at(a: number, b: number): number {
    return a > b ? a * this.#width + b : b * this.#width + a;
  }

  #widen(): void {
    const [before, narrow] = [this.#pairs, this.#width];
    this.#width = Math.max(16, 2 * this.names.length);
    this.#pairs = new Uint32Array(this.#width * this.#width);
    for (let row = 0; row < narrow; row++)
      this.#pairs.set(before.subarray(row * narrow, row * narrow + row), row * this.#width);
  }
}
