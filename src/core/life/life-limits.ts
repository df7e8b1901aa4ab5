/** Every cap on life events, once, with its unit and its reason. */
export const LIFE_LIMITS = {
  /** kinds that a config may add or change. */
  kindsMax: 40,
  /** signs of one kind. */
  signsMax: 20,
  /** pieces of evidence kept of one kind, the latest: about 90 bytes each. */
  evidenceMax: 32,
  /** kinds of which a state keeps what was told. */
  toldMax: 60,
} as const;

/** Behaviour alone is never surer than this. */
export const CONFIDENCE_MAX = 0.95;

/** Evidence counts, and is kept, for so many half-lives: then it weighs a 32nd. */
export const HALF_LIVES_KEPT = 5;

/** Share of customers in the middle of such an event at any time, where the config names none. */
export const PRIOR_SHARE_DEFAULT = 0.02;
