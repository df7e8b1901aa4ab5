/** Names of the request: what they say is known only while it is answered. */
export const REQUEST_NAMES: readonly string[] = ["page", "item", "cart", "locale", "device", "market"];

/** Names of the person: what they say stands until something happens, or time passes. */
export const PERSON_NAMES: readonly string[] = [
  "traits",
  "signals",
  "value",
  "place",
  "answers",
  "preferences",
  "life",
];

/** Names whose values change at midnight, UTC: figures that age, and likelihoods that fade. */
export const MIDNIGHT_NAMES: readonly string[] = ["value", "life"];

/** Attributes that count whole days since a moment of the person's own, and change when another day is full. */
export const AGES = ["signals.daysSinceOrder"] as const;
export type Age = (typeof AGES)[number];

/** The first step of a path. @example rootOf("signals.orders") // "signals" */
export const rootOf = (path: string): string => path.split(".", 1)[0]!;
