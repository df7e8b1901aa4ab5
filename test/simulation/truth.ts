import type { Assigned } from "./shop.ts";

/** What the simulator knows for certain of one variation. */
export type Known = { users: number; buyers: number; orders: number; revenue: number };

/** The same sums that the product keeps, from what the simulator itself did: users, and each one's whole revenue. */
export class Truth {
  readonly #of = new Map<string, Map<string, { variation: string; orders: number; revenue: number }>>();

  saw(visitor: string, assignments: readonly Assigned[]): void {
    for (const { experiment, variation } of assignments) {
      const people =
        this.#of.get(experiment) ?? new Map<string, { variation: string; orders: number; revenue: number }>();
      this.#of.set(experiment, people);
      const known = people.get(visitor);
      if (known && known.variation !== variation)
        throw new Error(`${visitor} was in ${known.variation} of ${experiment} and is in ${variation}`);
      if (!known) people.set(visitor, { variation, orders: 0, revenue: 0 });
    }
  }

  /** An order counts for every experiment its buyer has seen. */
  bought(visitor: string, minor: number): void {
    for (const people of this.#of.values()) {
      const known = people.get(visitor);
      if (!known) continue;
      known.orders += 1;
      known.revenue += minor;
    }
  }

  of(experiment: string, variation: string): Known {
    const sums: Known = { users: 0, buyers: 0, orders: 0, revenue: 0 };
    for (const one of this.#of.get(experiment)?.values() ?? []) {
      if (one.variation !== variation) continue;
      sums.users += 1;
      sums.buyers += one.orders > 0 ? 1 : 0;
      sums.orders += one.orders;
      sums.revenue += one.revenue;
    }
    return sums;
  }
}
