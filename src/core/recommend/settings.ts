import { DAY_MS } from "../primitives/time.ts";

/** How large the model may grow and how it weighs. Changing one means learning anew from the behaviour log. */
export type ModelSettings = {
  /** Counters per item in each row. One takes 10 + `supportersCap` bytes. */
  readonly rowLengths: Readonly<Record<RowName, number>>;
  /** Bytes that all rows of a kind may take; beyond it rows no longer grow. */
  readonly rowBytes: Readonly<Record<RowName, number>>;
  /**
   * Whether acts count by where they come from and only so much a source, an item and a day. Off: every act counts in
   * full, for replaying published data.
   */
  readonly isGuarded: boolean;
  /** Distinct people told apart per counter; a `minCustomers` above it publishes nothing. */
  readonly supportersCap: number;
  /** Bytes that the published rows may take in an isolate, beside what is counted per item. */
  readonly publishedBytes: number;
  /** Items known at once. Beyond it the least visited tenth is forgotten. */
  readonly itemsMax: number;
  /** People whose recent acts are kept. Beyond it the one idle the longest is forgotten. */
  readonly peopleMax: number;
  /** Recent sessions kept to find visits like the running one; 0 keeps none. One takes 83 bytes. */
  readonly sessionsMax: number;
  /** Items of the running session that a new one is paired with, newest first. */
  readonly sessionPairsMax: number;
  /** Different items after which a session teaches nothing more: no shopper looks at that many. */
  readonly sessionItemsMax: number;
  /** Items back that a step of the sequence row reaches. */
  readonly sequenceReach: number;
  /** Others that each item of a basket is paired with, an even number; in a larger basket by lot. */
  readonly partnersMax: number;
  /** Recently viewed and recently bought items kept per person, each. */
  readonly recentItemsMax: number;
  /** How long a view can still be the start of a trade-up. */
  readonly tradeUpMs: number;
  /** Time after which a view counts half in trending. */
  readonly trendingHalfLifeMs: number;
};

export const ROW_NAMES = ["coVisit", "sequence", "coPurchase", "tradeUp"] as const;
/**
 * What ties two items: seen in one session, seen one after the other, bought in one basket, or bought after the other
 * was only seen or bought before.
 */
export type RowName = (typeof ROW_NAMES)[number];

const MEGABYTE = 1 << 20;

/** Fits the 128 MB of a Durable Object with what is published beside it. */
export const MODEL_SETTINGS: ModelSettings = {
  rowLengths: { coVisit: 64, sequence: 24, coPurchase: 128, tradeUp: 32 },
  rowBytes: {
    coVisit: 46 * MEGABYTE,
    sequence: 12 * MEGABYTE,
    coPurchase: 12 * MEGABYTE,
    tradeUp: 4 * MEGABYTE,
  },
  isGuarded: false,
  supportersCap: 5,
  publishedBytes: 40 * MEGABYTE,
  itemsMax: 120_000,
  peopleMax: 30_000,
  sessionsMax: 100_000,
  sessionPairsMax: 20,
  sessionItemsMax: 200,
  sequenceReach: 8,
  partnersMax: 28,
  recentItemsMax: 30,
  tradeUpMs: 30 * DAY_MS,
  trendingHalfLifeMs: 3 * DAY_MS,
};

/** How much room a site gives its model. `small` fits 25 MB for a hundred thousand items and forgoes neighbouring visits. */
export const PROFILES = {
  full: {},
  small: {
    rowLengths: { coVisit: 32, sequence: 8, coPurchase: 48, tradeUp: 12 },
    rowBytes: {
      coVisit: 16 * MEGABYTE,
      sequence: 3 * MEGABYTE,
      coPurchase: 6 * MEGABYTE,
      tradeUp: 2 * MEGABYTE,
    },
    publishedBytes: 16 * MEGABYTE,
    sessionsMax: 0,
  },
} as const satisfies Record<string, Partial<ModelSettings>>;
export type ProfileName = keyof typeof PROFILES;
