import type { Experiment } from "../config/config.ts";

/**
 * The name an experiment is counted under. A raised version is another name: who is in and what they did is counted from
 * nothing. @example experimentKey({ id: "count", version: 2 }) // "count~2"
 */
export const experimentKey = ({ id, version }: Pick<Experiment, "id" | "version">): string =>
  version > 1 ? `${id}~${version}` : id;

/** The site's permanent holdout: nobody in it is personalized at all. */
export const HOLDOUT = "holdout";

/** Where the visitors of a rule's or a slot's own holdout are counted. No experiment's id has a colon. */
export const ruleHoldoutKey = (rule: string): string => `rule:${rule}`;
export const slotHoldoutKey = (slot: string): string => `slot:${slot}`;

/** The arms of a holdout. Held out is the control. */
export const HELD_OUT = "held_out";
export const PERSONALIZED = "personalized";
