import {
  evalCondition as sdkCondition,
  GrowthBook,
  StickyBucketService,
  type FeatureDefinition as SdkFeature,
  type StickyAssignmentsDocument,
} from "@growthbook/growthbook";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import type { FeatureContext, Features } from "../../../src/core/feature/context.ts";
import { evaluateFeature } from "../../../src/core/feature/evaluate.ts";
import type { Condition } from "../../../src/core/segment/condition.ts";
import { evalCondition } from "../../../src/core/segment/evaluate.ts";

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
const splitModel = {
  variations: fc.array(value, { minLength: 1, maxLength: 4 }),
  key: fc.constantFrom("e1", "e2"),
  contextualVariations: fc.array(value, { minLength: 2, maxLength: 3 }),
  contextualBanditRef: fc.constantFrom("bandit", "nobody"),
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
};
const splitting = fc.oneof(
  sparse(splitModel, ["variations"]),
  sparse(splitModel, ["variations", "key", "meta"], 1),
);
const features = fc.dictionary(
  fc.constantFrom(...KEYS),
  fc.record(
    { defaultValue: value, rules: fc.array(fc.oneof(forced, splitting), { maxLength: 3 }) },
    { requiredKeys: [] },
  ),
);
const unit = fc.oneof(
  fc.constantFrom("visitor-1", 7),
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
const weights = fc.constantFrom([0.5, 0.5], [1, 0], [0.1, 0.2, 0.7]);
const contexts = fc.array(fc.record({ leafId: fc.nat(5), condition, weights }), { maxLength: 3 });
const contextualBandits = fc
  .record({ contexts, banditVersion: fc.nat(9) }, { requiredKeys: [] })
  .map((bandit) => ({ bandit }));
const document = fc.record({
  attributeName: fc.constantFrom("id", "device"),
  attributeValue: fc.constantFrom("visitor-1", "7"),
  assignments: fc.dictionary(
    fc.constantFrom("e1__0", "e1__1", "e2__0"),
    fc.constantFrom("k0", "k1", "other"),
  ),
});
const stickyBuckets = fc
  .array(document, { maxLength: 3 })
  .map((all) => Object.fromEntries(all.map((one) => [`${one.attributeName}||${one.attributeValue}`, one])));
const context = sparse(
  {
    attributes,
    features,
    contextualBandits,
    stickyBuckets,
    forcedVariations: fc.constantFrom({ e1: 1 }, { a: 0 }),
    url: fc.constantFrom("https://shop.example/?e1=1", "https://shop.example/?a=2#x"),
    qaMode: fc.boolean(),
    enabled: fc.boolean(),
  },
  ["attributes", "features", "contextualBandits"],
  2,
);

/** Keeps what the SDK wants kept. */
class Kept extends StickyBucketService {
  readonly saved: StickyAssignmentsDocument[] = [];
  override async getAssignments(): Promise<null> {
    return null;
  }
  override async saveAssignments(one: StickyAssignmentsDocument): Promise<void> {
    this.saved.push(one);
  }
}

/** As JSON, which is how it travels; `tracks` and documents are ours alone. */
function plain(result: object): unknown {
  return JSON.parse(
    JSON.stringify(result, (key, value: unknown) =>
      key === "tracks" || key === "stickyDocument" ? undefined : value,
    ),
  );
}

type Given = FeatureContext & { readonly features: Features };

/** Asks the SDK and us for one flag, and compares the answers and what is to be kept. */
function compare(given: Given, key: string, met: Record<string, number>): void {
  const { stickyBuckets: documents, features: payload, ...rest } = given;
  const kept = new Kept();
  const sdk = new GrowthBook({
    ...(rest as object),
    features: payload as Record<string, SdkFeature>,
    ...(documents
      ? { stickyBucketService: kept, stickyBucketAssignmentDocs: structuredClone(documents) as never }
      : {}),
  });
  // On starting it saves what it was just given.
  kept.saved.length = 0;
  const theirs = sdk.evalFeature(key);
  const ours = evaluateFeature(key, given);
  const count = (what: string) => (met[what] = (met[what] ?? 0) + 1);
  count(ours.source);
  if (ours.experimentResult?.stickyBucketUsed) count("sticky");
  if (ours.experimentResult?.leafId !== undefined) count("leaf");
  expect({ key, given, result: plain(ours) }).toEqual({ key, given, result: plain(theirs) });
  const documentsOfOurs = (ours.tracks ?? []).flatMap(({ result }) => result.stickyDocument ?? []);
  if (documentsOfOurs.length > 0) count("kept");
  expect({ key, given, kept: documentsOfOurs }).toEqual({ key, given, kept: kept.saved });
}

function expectMet(met: Record<string, number>, all: readonly string[]): void {
  for (const what of all) expect([what, (met[what] ?? 0) > 20]).toEqual([what, true]);
}

test("random payloads get the answers of the unmodified SDK", () => {
  // It tells the console of every weight it does not like.
  vi.spyOn(console, "error").mockReturnValue();
  const met: Record<string, number> = {};
  fc.assert(
    fc.property(context, (random) => {
      const given = { ...(random as Given), savedGroups: { staff: ["visitor-1", 7] } };
      for (const key of KEYS) compare(given, key, met);
    }),
    { numRuns: 1_000 },
  );
  expectMet(met, ["force", "experiment", "prerequisite", "cyclicPrerequisite", "defaultValue"]);
});

test("random units stay where the unmodified SDK lets them stay", () => {
  vi.spyOn(console, "error").mockReturnValue();
  const met: Record<string, number> = {};
  const known = sparse(
    { id: fc.constantFrom("visitor-1", 7), device: fc.constantFrom("visitor-1", 7) },
    [],
    2,
  );
  const rule = sparse(
    { ...splitModel, condition: fc.constantFrom({}, { id: 7 }), parentConditions: fc.constant([]) },
    ["variations", "key", "meta"],
  );
  const payload = fc.array(rule, { minLength: 1, maxLength: 2 }).map((rules) => ({ a: { rules } }));
  fc.assert(
    fc.property(
      known,
      payload,
      stickyBuckets,
      contextualBandits,
      (attributes, features, documents, bandits) => {
        const given = { attributes, features, stickyBuckets: documents, contextualBandits: bandits } as Given;
        compare(given, "a", met);
      },
    ),
    { numRuns: 1_500 },
  );
  expectMet(met, ["sticky", "kept", "leaf", "defaultValue"]);
});

test("random conditions are met as in the unmodified SDK", () => {
  const scalar = fc.constantFrom<unknown>(null, true, false, 0, 1, 2, "", "1", "a", "A", "b1", "1.2.0");
  const list = fc.array(scalar, { maxLength: 3 });
  const operator = fc.oneof(
    fc.tuple(fc.constantFrom("$eq", "$ne", "$gt", "$gte", "$lt", "$lte", "$veq", "$vgt", "$vlte"), scalar),
    fc.tuple(fc.constantFrom("$in", "$nin", "$ini", "$nini"), list),
    fc.tuple(fc.constantFrom("$all", "$alli"), fc.array(fc.constantFrom("a", "A", "b1"), { maxLength: 2 })),
    fc.tuple(fc.constantFrom("$regex", "$regexi"), fc.constantFrom("^a", "[0-9]$", "a|1", ".", "(?:b\\d)+")),
    fc.tuple(fc.constant("$size"), fc.constantFrom<unknown>(0, 1, { $gt: 1 })),
    fc.tuple(fc.constant("$exists"), fc.boolean()),
    fc.tuple(fc.constant("$type"), fc.constantFrom("null", "string", "number", "boolean", "array")),
    fc.tuple(fc.constantFrom("$inGroup", "$notInGroup"), fc.constantFrom("g", "nobody")),
    fc.tuple(fc.constant("$elemMatch"), fc.constantFrom<unknown>({ $gt: 0 }, { $eq: "a" }, { $regexi: "A" })),
  );
  const operators = fc.array(operator, { minLength: 1, maxLength: 2 }).map((all) => Object.fromEntries(all));
  const question = fc.oneof(
    scalar,
    operators,
    operators.map((inner) => ({ $not: inner })),
  );
  const leaf = fc.dictionary(fc.constantFrom("a", "b.c", "d"), question, { minKeys: 1, maxKeys: 2 });
  const { tree } = fc.letrec<{ tree: Condition }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 2 },
      leaf,
      fc
        .tuple(fc.constantFrom("$and", "$or", "$nor"), fc.array(tie("tree"), { maxLength: 2 }))
        .map(([name, all]) => ({ [name]: all })),
      tie("tree").map((inner) => ({ $not: inner })),
    ),
  }));
  // A list is compared only by what is for lists: that it is never a text or number to us is declared elsewhere.
  const isDeclared = (text: string) =>
    /"\$(eq|ne|gt|gte|lt|lte|veq|vgt|vlte|regexi?|not)"|:"|:\d|:true|:false/.test(text);
  const bag = fc.record(
    { a: scalar, b: fc.record({ c: scalar }), d: fc.oneof(scalar, list) },
    { requiredKeys: [] },
  );
  const groups = { g: ["a", 1] };
  let met = 0;
  fc.assert(
    fc.property(tree, bag, (asked, attributes) => {
      fc.pre(!Array.isArray(attributes.d) || !isDeclared(JSON.stringify(asked)));
      const theirs = sdkCondition(attributes, asked as Parameters<typeof sdkCondition>[1], groups);
      if (theirs) met++;
      expect([asked, attributes, evalCondition(attributes, asked, groups)]).toEqual([
        asked,
        attributes,
        theirs,
      ]);
    }),
    { numRuns: 3_000 },
  );
  expect(met).toBeGreaterThan(300);
});
