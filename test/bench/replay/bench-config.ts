import type { ConfigDocument } from "../../../src/core/config/config.ts";

/**
 * A config that lets the model's own order through: no threshold of customers, no holdout, no cap, no diversity, no
 * taste, and as many items as were asked for. What remains is eligibility: stock, cart, ownership, the current item.
 * Only a site of kind `bench` accepts it. `replay` is the slot that every trial asks for.
 */
export const BENCH_CONFIG = {
  holdout: { share: 0 },
  model: { minCustomers: 1, guarded: false },
  slots: {
    replay: {
      max: 24,
      settings: {
        count: "fill",
        diversity: 0,
        capTimes: 0,
        taste: false,
        coldStart: false,
        marginWeight: 0,
        stockWeight: 0,
      },
    },
  },
} satisfies ConfigDocument;
