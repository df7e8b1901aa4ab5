import fc from "fast-check";
import { expect, test } from "vitest";
import { CONSENT_MODE_KEYS, statementOfConsentMode } from "../../../src/core/consent/consent-mode.ts";

const granted = "granted";
const denied = "denied";

test.each([
  [{}, {}],
  [{ analytics_storage: granted }, { analytics: true }],
  [{ analytics_storage: denied }, { analytics: false }],
  [{ personalization_storage: granted }, { personalization: true }],
  [{ ad_user_data: granted, ad_personalization: granted }, { marketing: true }],
  [{ ad_user_data: granted, ad_personalization: denied }, { marketing: false }],
  [{ ad_user_data: granted }, {}],
  [{ ad_personalization: denied }, { marketing: false }],
  [{ ad_storage: granted, functionality_storage: granted, security_storage: granted }, {}],
  [{ analytics_storage: undefined }, {}],
] as const)("%j says %j", (state, statement) => {
  expect(statementOfConsentMode(state)).toEqual(statement);
});

test("whatever is not the word itself is a no", () => {
  for (const value of ["Granted", " granted", "yes", "", "true", true, 1, null, {}, [granted]])
    expect(statementOfConsentMode({ analytics_storage: value, ad_user_data: value })).toEqual({
      analytics: false,
      marketing: false,
    });
});

test("garbage grants nothing", () => {
  const value = fc.anything().filter((one) => one !== granted);
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...CONSENT_MODE_KEYS), value), (state) => {
      expect(Object.values(statementOfConsentMode(state))).not.toContain(true);
    }),
  );
});
