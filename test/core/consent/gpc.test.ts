import { describe, expect, test } from "vitest";
import { permits, recordConsent } from "../../../src/core/consent/consent.ts";
import { denialsOfGpc, gpcOf } from "../../../src/core/consent/gpc.ts";
import { readShared } from "../../support/shared.ts";

type Vectors = { vectors: { headers: string[]; gpc: boolean }[] };
const text = readShared("vectors/hostile/gpc-vectors.json");
const { vectors } = JSON.parse(text ?? '{"vectors":[]}') as Vectors;

describe.skipIf(text === undefined)("the vectors", () => {
  test("there are fourteen", () => expect(vectors).toHaveLength(14));
  test.each(vectors)("$headers is $gpc", ({ headers, gpc }) => {
    // As runtimes hand repeated headers over: joined, and absent as null.
    expect(gpcOf(headers.length === 0 ? null : headers.join(", "))).toBe(gpc);
    expect(new Headers(headers.map((value) => ["sec-gpc", value])).get("sec-gpc") ?? "").toSatisfy(
      (value: string) => gpcOf(value) === gpc,
    );
  });
});

test("a signal denies what leaves the shop, and does not speak of what stays", () => {
  const stated = { at: 1_800_000_000_000, source: "gpc", policyVersion: "1" };
  const granted = recordConsent(
    {},
    { marketing: true, personalization: true, analytics: true },
    { ...stated, at: stated.at - 1 },
  );
  const after = recordConsent(granted, denialsOfGpc(true), stated);
  expect(permits(after, "marketing", stated.at)).toBe(false);
  expect(permits(after, "personalization", stated.at)).toBe(true);
  expect(permits(after, "analytics", stated.at)).toBe(true);
  expect(denialsOfGpc(true)["third_party"]).toBe(false);
});

test("no signal is not a yes", () => {
  expect(denialsOfGpc(false)).toEqual({});
  expect(gpcOf(undefined)).toBe(false);
});
