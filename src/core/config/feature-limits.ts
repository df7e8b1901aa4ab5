/** Every cap on flags, once, with its unit and its reason. */
export const FEATURE_LIMITS = {
  featuresMax: 500,
  rulesMax: 50,
  variationsMax: 20,
  /** characters of one value's JSON. Every page carries the answers. */
  payloadCharactersMax: 16 * 1024,
  /** flags one rule may depend on. */
  parentsMax: 10,
  /** flags asked, again and again included, to answer one: prerequisites of prerequisites multiply. */
  askedMax: 500,
} as const;
