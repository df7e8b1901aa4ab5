import { DAY_MS } from "../primitives/time.ts";

/** Every cap on triggers, once, with its unit and what happens beyond. */
export const TRIGGER_LIMITS = {
  /** triggers of a site; a config with more is refused. */
  triggersMax: 100,
  /** effects of one trigger; a config with more is refused. */
  effectsMax: 8,
  /** minutes that anything may wait: 400 days, as long as behaviour is kept. */
  minutesMax: 400 * 24 * 60,
  /** days that an interest or a cool-down may last. */
  daysMax: 400,
  /** steps of a sequence. */
  stepsMin: 2,
  stepsMax: 6,
  /** occasions of one trigger that wait at a time for one customer; further ones are let go. */
  waitingMax: 20,
  /** occasions of one trigger that are known apart; what is older than the oldest of them counts as known. */
  knownMax: 20,
  /** the same where each product has occasions of its own. */
  knownItemsMax: 60,
  /** events remembered on the way through a sequence; beyond, the oldest go. */
  seenMax: 64,
  /** triggers no longer in the config whose past is kept, so that `once` outlives a pause; beyond, the oldest go. */
  bygoneMax: 100,
  /** contents that wait for slots; beyond, the oldest go. */
  contentsMax: 50,
} as const;

/** What is told of something older than this sets nothing off: it is history by then. */
export const LATE_MS = DAY_MS;

/** A product that has been due for longer than this sets nothing off: they have plainly found another way. */
export const DUE_LATE_MS = 7 * DAY_MS;
