import fc from "fast-check";
import * as v from "valibot";
import { expect, test } from "vitest";
import { joinStatements } from "../../../src/core/consent/join.ts";
import { ConsentSignals, settleSignals } from "../../../src/core/consent/signals.ts";
import { anyUnit, pack, positions } from "./pack.ts";

const YES = { analytics: true, personalization: true, marketing: true };
const ALL_YES = {
  analytics_storage: "granted",
  personalization_storage: "granted",
  ad_user_data: "granted",
  ad_personalization: "granted",
};
const core = (consents: readonly number[]): string =>
  pack([[2, 6], [0, 126], [4, 6], [0, 14], ...positions(consents, 24), [0, 24 + 13], [0, 34], [0, 12]]);
const FULL = core([1, 3, 4, 5, 6, 7, 8, 9, 10]);

test("nothing said is nothing granted", () => {
  expect(settleSignals({})).toEqual({ statement: {}, sources: [] });
  // Tools that are there and have not answered yet.
  const waiting = { gpc: false, tcf: "", gpp: "DBAA", consentMode: {}, shopify: { analytics: "" } };
  expect(settleSignals(waiting, { gpcHeader: "0" })).toEqual({ statement: {}, sources: [] });
});

test("every source can speak alone", () => {
  expect(settleSignals({ tcf: FULL })).toEqual({ statement: YES, sources: ["tcf"] });
  expect(settleSignals({ consentMode: ALL_YES })).toEqual({ statement: YES, sources: ["consent_mode"] });
  expect(settleSignals({ shopify: { preferences: "yes" } })).toEqual({
    statement: { personalization: true },
    sources: ["shopify"],
  });
  expect(settleSignals({ gpp: "DBABTA~1YYN" }).sources).toEqual(["gpp"]);
});

test("where two disagree the denial wins, whichever it is", () => {
  expect(settleSignals({ tcf: core([1, 5, 6]), consentMode: ALL_YES })).toEqual({
    statement: { analytics: false, personalization: true, marketing: false },
    sources: ["tcf", "consent_mode"],
  });
  const denied = { ...ALL_YES, personalization_storage: "denied" };
  expect(settleSignals({ tcf: FULL, consentMode: denied }).statement["personalization"]).toBe(false);
  expect(settleSignals({ tcf: FULL, shopify: { sale_of_data: "no" } }).statement["marketing"]).toBe(false);
  expect(settleSignals({ consentMode: ALL_YES, tcf: "garbage" }).statement).toEqual({
    analytics: false,
    personalization: false,
    marketing: false,
  });
});

test("a body cannot turn the header's signal off, and can turn it on", () => {
  const opted = { ...YES, marketing: false, third_party: false };
  expect(settleSignals({ gpc: false, tcf: FULL }, { gpcHeader: "1" }).statement).toEqual(opted);
  expect(settleSignals({ gpc: true, tcf: FULL }, { gpcHeader: null }).statement).toEqual(opted);
  expect(settleSignals({ gpc: false, tcf: FULL }, { gpcHeader: "true" }).statement).toEqual(YES);
});

test("the schema bounds every text and lets settings beside consent pass by", () => {
  const parsed = v.safeParse(ConsentSignals, {
    gpc: true,
    tcf: FULL,
    consentMode: { analytics_storage: "granted", wait_for_update: 500, region: ["DE"] },
  });
  expect(parsed.output).toEqual({ gpc: true, tcf: FULL, consentMode: { analytics_storage: "granted" } });
  for (const refused of [
    { tcf: "C".repeat(8193) },
    { gpp: "D".repeat(8193) },
    { gpc: "1" },
    { cookie: "yes" },
    { shopify: { analytics: "y".repeat(65) } },
    { consentMode: { ad_storage: ["granted"] } },
  ])
    expect(v.safeParse(ConsentSignals, refused).success).toBe(false);
});

test("garbage texts grant nothing, whatever comes with them", () => {
  const text = fc.string({ unit: anyUnit, minLength: 1, maxLength: 100 });
  fc.assert(
    fc.property(text, text, fc.boolean(), (tcf, gpp, gpc) => {
      const { statement } = settleSignals({ tcf, gpp, gpc, consentMode: ALL_YES });
      expect(Object.values(statement)).not.toContain(true);
    }),
  );
});

test("joining heeds no order, and a denial among any number of grants", () => {
  const one = fc.dictionary(fc.constantFrom("analytics", "marketing", "__proto__"), fc.boolean());
  fc.assert(
    fc.property(fc.array(one, { maxLength: 5 }), (statements) => {
      const joined = joinStatements(statements);
      expect(joinStatements(statements.toReversed())).toEqual(joined);
      for (const purpose of ["analytics", "marketing"]) {
        const said = statements.filter((each) => Object.hasOwn(each, purpose)).map((each) => each[purpose]);
        expect(joined[purpose]).toBe(said.length === 0 ? undefined : !said.includes(false));
      }
    }),
  );
  expect(joinStatements([{ analytics: "true", marketing: 1 }])).toEqual({});
});
