import type { Fact } from "../../../src/core/recommend/fact.ts";
import { seededRng, type Rng } from "../../../src/core/primitives/rng.ts";

/**
 * Shoppers of a shop with very many items: each visit stays near a place of the catalog (items of one kind lie side by
 * side), some items are looked at far more than others (Zipf), and one visit in ten wanders. Nobody's data.
 */
export class Crowd {
  readonly #items: number;
  readonly #rng: Rng;
  #visits = 0;

  constructor(items: number, seed: string) {
    this.#items = items;
    this.#rng = seededRng(seed);
  }

  /** Items of one visit, `length` looks at most. */
  visit(length: number): string[] {
    const centre = this.#favourite(this.#items);
    const items: string[] = [];
    for (let i = 0; i < length; i++) {
      const reach = this.#rng() < 0.1 ? this.#items : 60;
      const step = this.#favourite(reach) * (this.#rng() < 0.5 ? 1 : -1);
      items.push(`item-${(centre + step + this.#items) % this.#items}`);
    }
    return items;
  }

  /** A visit as facts; one in twenty ends with an order of some of it. */
  facts(): Fact[] {
    const who = `shopper-${this.#visits++}`;
    const at = 1_780_000_000_000 + this.#visits * 1_000;
    const items = this.visit(2 + this.#favourite(12));
    const facts: Fact[] = items.map((item, i) => ({
      who,
      session: 1,
      at: at + i,
      kind: "view",
      items: [item],
    }));
    if (this.#rng() < 0.05) {
      facts.push({ who, session: 1, at: at + 100, kind: "buy", items: [...new Set(items)].slice(0, 6) });
    }
    return facts;
  }

  /** A place from 0 to `n` − 1, low ones far more often. */
  #favourite(n: number): number {
    return Math.min(n - 1, Math.floor(n ** this.#rng()) - 1);
  }
}
