/** Every cap on counting, once, with its unit and its reason. */
export const COUNT_LIMITS = {
  /** distinct counted things of a site: each is a row of figures with every customer. Equal ones are counted once. */
  metersMax: 100,
  /** occurrences that a count over a window remembers of one customer: the newest. It can say "256 or more". */
  recentMax: 256,
  /** days: an hour is the shortest window that anybody looks at again in time. */
  daysMin: 1 / 24,
  /** days: behaviour is not kept for longer, so that nothing longer could be counted. */
  behaviourDaysMax: 400,
  /** days: orders are kept for ten years at most. */
  orderDaysMax: 3650,
} as const;
