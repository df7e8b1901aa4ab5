import type { Allocation } from "../core/experiment/assign.ts";

/** The present shares of a site's bandits, by experiment key. */
export type Shares = {
  /** Counts up with every change, and is the `version` of the allocations that changed with it. */
  readonly version: number;
  readonly bandits: readonly (Allocation & { readonly key: string })[];
};

export const NO_SHARES: Shares = { version: 0, bandits: [] };
