import type { EpochMs } from "../primitives/time.ts";
import type { PriceBand, Scalar, Topic } from "./question.ts";

/** Something a customer said they like, want or avoid. */
export type Preference = {
  /** Where it was said: `<survey>/<question>` or `traits/<name>`. */
  readonly key: string;
  readonly topic: Topic;
  /** Of these any will do. Empty for a price band. */
  readonly anyOf: readonly Scalar[];
  readonly band?: PriceBand | undefined;
  readonly at: EpochMs;
  /** Who told us: `survey`, or the trait's own source. @example "customer" */
  readonly source: string;
  /** The customer corrected it themselves on their own page: it comes first. */
  readonly isOwnWord: boolean;
};

/** What a preference keeps away from; the rest lift. @example isAvoiding("avoid_type") // true */
export const isAvoiding = (topic: Topic): boolean => topic === "avoid_brand" || topic === "avoid_type";

/** Texts that mean the same: letters in lower case, without spaces around. @example plain(" Oak ") // "oak" */
export const plain = (value: Scalar): string => String(value).trim().toLowerCase();

/** The steps of a type's path. @example typePath("Home > Kettles") // ["home", "kettles"] */
export const typePath = (type: Scalar): string[] => plain(type).split(/\s*>\s*/);
