import { GrowthBook, type FeatureDefinition as SdkFeature } from "@growthbook/growthbook";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import type { FeatureContext, Features } from "../../../src/core/feature/context.ts";
import { evaluateFeature } from "../../../src/core/feature/evaluate.ts";

// The vectors hold what somebody thought of. Here the SDK itself, unmodified, answers random payloads beside ours.
const KEYS = ["a", "b", "c", "d"] as const;

/** Objects with few of their optional fields: with many, hardly anybody passes. */
function sparse(model: Record<string, fc.Arbitrary<unknown>>, required: readonly string[], optionalMax = 3) {
  const optional = Object.keys(model).filter((key) => !required.includes(key));
  return fc
    .tuple(fc.record(model), fc.subarray(optional, { maxLength: optionalMax }))
    .map(([full, chosen]) => Object.fromEntries([...required, ...chosen].map((key) => [key, full[key]])));
}

const share = fc.constantFrom(0, 0.1, 0.25, 0.5, 0.9, 1);
const range = fc
  .tuple(share, share)
  .map(([one, two]): [number, number] => [Math.min(one, two), Math.max(one, two)]);
const attribute = fc.constantFrom("id", "device", "deep.id");
const hashVersion = fc.constantFrom(1, 2);
const value = fc.constantFrom<unknown>(true, false, 0, 1, "x", "", null, { y: [1] });
const condition = fc.constantFrom<Record<string, unknown>>(
  {},
  { country: "AT" },
  { age: { $gt: 30, $lte: 60 } },
  { tags: { $in: ["x", "y"] } },
  { $or: [{ country: { $ne: "AT" } }, { age: { $exists: false } }] },
  { agent: { $regexi: "(mobile|tablet)" } },
  { $not: { agent: { $regex: "^Mo" } } },
  { id: { $inGroup: "staff" } },
  { version: { $vgte: "1.2.0" } },
);
const parent = fc.record(
  {
    id: fc.constantFrom(...KEYS, "nobody"),
    condition: fc.constantFrom<Record<string, unknown>>({}, { value: true }, { value: { $exists: true } }),
    gate: fc.boolean(),
  },
  { requiredKeys: ["id", "condition"] },
);
const filter = fc.record(
  { seed: fc.constantFrom("f", "g"), ranges: fc.array(range, { maxLength: 2 }), attribute, hashVersion },
  { requiredKeys: ["seed", "ranges"] },
);
const common = {
  condition,
  parentConditions: fc.array(parent, { maxLength: 2 }),
  filters: fc.array(filter, { minLength: 1, maxLength: 2 }),
  hashAttribute: attribute,
  fallbackAttribute: attribute,
  hashVersion,
  seed: fc.constantFrom("s", "t"),
  coverage: share,
  id: fc.constantFrom("r1", "r2"),
  disableStickyBucketing: fc.boolean(),
};
const forced = sparse({ force: value, range, ...common }, ["force"]);
const splitting = sparse(
  {
    variations: fc.array(value, { minLength: 1, maxLength: 4 }),
    key: fc.constantFrom("e1", "e2"),
    weights: fc.constantFrom([0.5, 0.5], [0.2, 0.3, 0.5], [0.9, 0.3]),
    ranges: fc.array(range, { minLength: 2, maxLength: 3 }),
    namespace: range.map(([from, to]): [string, number, number] => ["n", from, to]),
    meta: fc.constantFrom(
      [{ key: "k0" }, { key: "k1", passthrough: true }, { key: "k2" }, { key: "k3" }],
      [{ name: "n" }, { key: "k1" }, {}, {}],
    ),
    bucketVersion: fc.integer({ min: 0, max: 2 }),
    minBucketVersion: fc.integer({ min: 0, max: 2 }),
    phase: fc.constant("1"),
    ...common,
  },
  ["variations"],
);
const features = fc.dictionary(
  fc.constantFrom(...KEYS),
  fc.record(
    { defaultValue: value, rules: fc.array(fc.oneof(forced, splitting), { maxLength: 3 }) },
    { requiredKeys: [] },
  ),
);
const unit = fc.oneof(
  fc.constantFrom("", "é", "e\u0301", "😀", "\ud83d", "visitor-1"),
  fc.integer({ min: 0, max: 9_999 }),
  fc.string(),
);
const attributes = sparse(
  {
    id: unit,
    device: unit,
    country: fc.constantFrom("AT", "DE"),
    age: fc.integer({ min: 20, max: 80 }),
    tags: fc.subarray(["x", "z"]),
    agent: fc.constantFrom("Mobile Safari", "a tablet", "Desktop"),
    version: fc.constantFrom("1.2.0", "1.10.0", "v1.1.9-beta"),
  },
  ["id"],
  5,
);
const context = sparse(
  {
    attributes,
    features,
    forcedVariations: fc.constantFrom({ e1: 1 }, { a: 0 }),
    url: fc.constantFrom("https://shop.example/?e1=1", "https://shop.example/?a=2#x"),
    qaMode: fc.boolean(),
    enabled: fc.boolean(),
  },
  ["attributes", "features"],
  1,
);

/** As JSON, which is how it travels; `tracks` and documents are ours alone. */
function plain(result: object): unknown {
  const { tracks: _tracks, ...rest } = result as { tracks?: unknown };
  return JSON.parse(JSON.stringify(rest));
}

test("random payloads get the answers of the unmodified SDK, nested units apart", () => {
  // It tells the console of every weight it does not like.
  vi.spyOn(console, "error").mockReturnValue();
  const sources: Record<string, number> = {};
  fc.assert(
    fc.property(context, (random) => {
      // This release of the SDK reads no path as a unit; ours does, as its next one. Here nobody has one.
      const given = {
        ...(random as FeatureContext & { features: Features }),
        savedGroups: { staff: ["visitor-1", 7] },
      };
      const sdk = new GrowthBook({
        ...given,
        features: given.features as Record<string, SdkFeature>,
      } as ConstructorParameters<typeof GrowthBook>[0] & object);
      for (const key of KEYS) {
        const theirs = sdk.evalFeature(key);
        const ours = evaluateFeature(key, given);
        sources[ours.source] = (sources[ours.source] ?? 0) + 1;
        expect({ key, given, result: plain(ours) }).toEqual({ key, given, result: plain(theirs) });
      }
    }),
    { numRuns: 1_200 },
  );
  for (const source of ["force", "experiment", "prerequisite", "cyclicPrerequisite", "defaultValue"])
    expect([source, (sources[source] ?? 0) > 20]).toEqual([source, true]);
});
