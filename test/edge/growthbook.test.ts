import { describe, expect, inject, test } from "vitest";
import { evaluateFeature } from "../../src/core/feature/evaluate.ts";
import { compileLinearPattern } from "../../src/core/segment/linear-pattern.ts";
import { decryptPayload } from "../../src/edge/decrypt-payload.ts";
import { BUCKET_CHECKSUMS, bucketChecksum } from "../core/feature/bucket-checksum.ts";
import {
  CASE_COUNTS,
  CASES_IN_ALL,
  checksOf,
  type GrowthBookCases,
} from "../core/feature/growthbook-cases.ts";

declare module "vitest" {
  interface ProvidedContext {
    growthbook: GrowthBookCases | null;
    /** How many units' buckets are compared. */
    buckets: number;
  }
}

const cases = inject("growthbook") ?? null;
if (cases === null)
  console.warn(
    "SKIPPED: shared/vectors/growthbook/cases.json is not here; its 517 cases do not run in workerd.",
  );
const checks = cases === null ? [] : checksOf(cases);

describe.skipIf(cases === null)("GrowthBook SDK specification 0.8.0, in workerd", () => {
  test("all 517 cases are here", () => {
    expect(cases!.specVersion).toBe("0.8.0");
    expect(checks).toHaveLength(CASES_IN_ALL);
    for (const [of, count] of Object.entries(CASE_COUNTS))
      expect([of, checks.filter((one) => one.of === of).length]).toEqual([of, count]);
  });

  test.each(checks)("$of: $name", ({ check }) => check());
});

describe("without vectors", () => {
  test("units lie where they lie in node and in a browser", () => {
    const units = inject("buckets") ?? 100_000;
    expect(bucketChecksum(units)).toBe(BUCKET_CHECKSUMS[units]);
  });

  test("a flag splits by pattern, rule and share", () => {
    const features = {
      layout: {
        defaultValue: "old",
        rules: [{ condition: { agent: { $regexi: "mobile" } }, key: "x", variations: ["a", "b"] }],
      },
    };
    const value = (id: string, agent: string) =>
      evaluateFeature("layout", { features, attributes: { id, agent } }).value;
    expect(value("1", "Desktop")).toBe("old");
    const split = Array.from({ length: 200 }, (_, i) => value(`${i}`, "Android Mobile"));
    expect(new Set(split)).toEqual(new Set(["a", "b"]));
  });

  test("what is sealed is opened by its key alone", async () => {
    const key = crypto.getRandomValues(new Uint8Array(16));
    const iv = crypto.getRandomValues(new Uint8Array(16));
    const text = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));
    const own = await crypto.subtle.importKey("raw", key, { name: "AES-CBC" }, false, ["encrypt"]);
    const sealed = await crypto.subtle.encrypt(
      { name: "AES-CBC", iv },
      own,
      new TextEncoder().encode('{"ä":1}'),
    );
    const payload = `${text(iv)}.${text(new Uint8Array(sealed))}`;
    expect(await decryptPayload(payload, text(key))).toBe('{"ä":1}');
    expect(await decryptPayload(payload, "not a key")).toBeUndefined();
    expect(await decryptPayload("nonsense", text(key))).toBeUndefined();
  });

  test("no pattern stalls", () => {
    expect(compileLinearPattern("(a+)+$", false)!(`${"a".repeat(2_000)}!`)).toBe(false);
  });
});
