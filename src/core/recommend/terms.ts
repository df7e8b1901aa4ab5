import { MIN_CUSTOMERS_DEFAULT } from "../config/limits.ts";
import { PROFILES, type ModelSettings, type ProfileName } from "./settings.ts";

/** What a site's config asks of its model. */
export type Terms = {
  /** Config revision that says so: a later one outranks an earlier one. */
  readonly revision: number;
  readonly minCustomers: number;
  readonly profile: ProfileName;
  readonly isGuarded: boolean;
};

/** Terms of a site that says nothing. */
export const DEFAULT_TERMS: Terms = {
  revision: 0,
  minCustomers: MIN_CUSTOMERS_DEFAULT,
  profile: "full",
  isGuarded: true,
};

/** Whether two models made by these terms are the same, as far as what they learn goes. */
export const learnAlike = (a: Terms, b: Terms): boolean =>
  a.profile === b.profile && a.isGuarded === b.isGuarded;

/**
 * Settings a model is made with.
 * @param supportersCap people told apart per pair: at least as many as must stand behind one
 */
export const settingsFor = (terms: Terms, supportersCap: number): Partial<ModelSettings> => ({
  ...PROFILES[terms.profile],
  isGuarded: terms.isGuarded,
  supportersCap,
});
