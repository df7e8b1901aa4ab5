import { describe, expect, test } from "vitest";
import { readShared } from "../../support/shared.ts";
import { CASE_COUNTS, CASES_IN_ALL, checksOf, type GrowthBookCases } from "./growthbook-cases.ts";

const text = readShared("vectors/growthbook/cases.json");
const cases = text === undefined ? undefined : (JSON.parse(text) as GrowthBookCases);
const checks = cases === undefined ? [] : checksOf(cases);

describe.skipIf(cases === undefined)("GrowthBook SDK specification 0.8.0", () => {
  test("all 517 cases are here", () => {
    expect(cases!.specVersion).toBe("0.8.0");
    expect(checks).toHaveLength(CASES_IN_ALL);
    for (const [of, count] of Object.entries(CASE_COUNTS))
      expect([of, checks.filter((one) => one.of === of).length]).toEqual([of, count]);
  });

  test.each(checks)("$of: $name", ({ check }) => check());
});
