import { expect, test } from "vitest";
import {
  permits,
  recordConsent,
  settleConsent,
  type ConsentRecord,
} from "../../../src/core/consent/consent.ts";

const NOW = 1_800_000_000_000;
const at = (moment: number) => ({ at: moment, source: "test", policyVersion: "1", days: 10 });

test("unknown, garbled and expired are no", () => {
  expect(permits({}, "analytics", NOW)).toBe(false);
  const garbled = recordConsent(
    {},
    { analytics: "true", personalization: 1, marketing: null, invented: true },
    at(NOW),
  );
  expect(garbled).toEqual({});
  const granted = recordConsent({}, { analytics: true }, at(NOW));
  expect([permits(granted, "analytics", NOW), permits(granted, "analytics", NOW + 10 * 86_400_000)]).toEqual([
    true,
    false,
  ]);
  expect(permits(granted, "personalization", NOW)).toBe(false);
});

test("the later word wins, whatever order the words come in; denial wins a tie", () => {
  type Word = readonly [granted: boolean, at: number];
  const recordOf = (words: readonly Word[]): ConsentRecord => {
    let record: ConsentRecord = {};
    for (const [granted, moment] of words) record = recordConsent(record, { analytics: granted }, at(moment));
    return record;
  };
  const [first, second, third]: [Word, Word, Word] = [
    [true, NOW - 3],
    [false, NOW - 2],
    [true, NOW - 1],
  ];
  for (const order of [
    [first, second, third],
    [third, second, first],
    [second, third, first],
  ]) {
    expect(permits(recordOf(order), "analytics", NOW)).toBe(true);
  }
  const tie: Word[] = [
    [true, NOW],
    [false, NOW],
  ];
  for (const order of [tie, tie.toReversed()]) expect(permits(recordOf(order), "analytics", NOW)).toBe(false);
});

test("a request denies at once, and grants only what nobody decided or what has expired", () => {
  const yes = { personalization: true };
  const no = { personalization: false };
  const granted = settleConsent({}, yes, at(NOW));
  const denied = settleConsent(granted, no, at(NOW + 1));
  const isPermitted = (record: ConsentRecord, now: number) => permits(record, "personalization", now);
  expect([isPermitted(granted, NOW), isPermitted(denied, NOW + 2)]).toEqual([true, false]);
  expect(isPermitted(settleConsent(denied, yes, at(NOW + 5)), NOW + 6)).toBe(false);
  // Restating a yes does not renew it; after it has run out, it is asked and given anew.
  expect(settleConsent(granted, yes, at(NOW + 5))).toBe(granted);
  const later = NOW + 11 * 86_400_000;
  expect(isPermitted(settleConsent(granted, yes, at(later)), later + 1)).toBe(true);
});
