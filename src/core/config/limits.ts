/** Every cap on what a config may hold, once, with its unit and its reason. */
export const CONFIG_LIMITS = {
  /** bytes of a config document. Beyond it every isolate would pay for the parse at each publish. */
  bytesMax: 256 * 1024,
  slotsMax: 100,
  rulesMax: 2_000,
  segmentsMax: 200,
  experimentsMax: 100,
  /** characters of a variation's value, as JSON. */
  payloadCharsMax: 4096,
  /** items named in one rule. Longer lists belong in a catalog attribute. */
  itemsPerRuleMax: 500,
  /** nodes of one condition tree, and its depth: bounds what one decision can cost. */
  conditionNodesMax: 64,
  conditionDepthMax: 8,
} as const;

/** Distinct customers that must stand behind a learned pair before it is shown to anybody. */
export const MIN_CUSTOMERS_DEFAULT = 5;
export const MIN_CUSTOMERS_FLOOR = 3;
