import { expect, test } from "vitest";
import type { Card } from "../../../src/core/card/card.ts";
import { gatherConsent } from "../../../src/core/insight/consent.ts";

const sharesOf = (mays: readonly number[]) => {
  const gathered = gatherConsent();
  for (const may of mays)
    gathered.add({ may, bornDay: 1, isKnown: false, segments: [], lastDay: 1 } as Card, undefined);
  const { people, purposes } = gathered.finish();
  return [people, ...purposes.map((one) => one.people)];
};
const times = (count: number, may: number) => Array.from({ length: count }, () => may);
const few = { withheld: true };

test("grants by purpose: analytics, personalization, marketing, clienteling, life events", () => {
  expect(sharesOf([...times(20, 5), ...times(10, 7)])).toEqual([30, 30, 30, 10, 0, 0]);
  expect(sharesOf([])).toEqual([0, 0, 0, 0, 0, 0]);
});

test("neither a few nor all but a few are told", () => {
  expect(sharesOf([...times(20, 1), ...times(3, 5)])).toEqual([23, 23, few, 0, 0, 0]);
  expect(sharesOf([...times(20, 5), ...times(3, 1)])).toEqual([23, 23, few, 0, 0, 0]);
  expect(sharesOf(times(3, 1))[0]).toEqual(few);
});
