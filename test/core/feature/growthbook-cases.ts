import { expect } from "vitest";
import {
  chooseVariation,
  getBucketRanges,
  getEqualWeights,
  hashBucket,
  inNamespace,
  type BucketRange,
  type Namespace,
} from "../../../src/core/experiment/bucket.ts";
import type {
  FeatureContext,
  FeatureExperiment,
  FeatureResult,
  StickyDocument,
} from "../../../src/core/feature/context.ts";
import { evaluateFeature, runExperiment } from "../../../src/core/feature/evaluate.ts";
import { queryOverride } from "../../../src/core/feature/query-override.ts";
import { redirectOf } from "../../../src/core/feature/redirect.ts";
import { stickyKey, stickyKeysOf } from "../../../src/core/feature/sticky.ts";
import type { Condition } from "../../../src/core/segment/condition.ts";
import { evalCondition, type Attributes } from "../../../src/core/segment/evaluate.ts";
import type { Groups } from "../../../src/core/segment/operators.ts";
import { decryptPayload } from "../../../src/edge/decrypt-payload.ts";

/** The vectors of the GrowthBook SDK specification, as their file has them. */
export type GrowthBookCases = {
  readonly specVersion: string;
  readonly evalCondition: readonly [
    name: string,
    condition: Condition,
    attributes: Attributes,
    expected: boolean,
    groups?: Groups,
  ][];
  readonly hash: readonly [seed: string, value: string, version: number, expected: number | null][];
  readonly getBucketRange: readonly [
    name: string,
    input: readonly [n: number, coverage: number, weights: number[] | null],
    expected: readonly BucketRange[],
  ][];
  readonly chooseVariation: readonly [
    name: string,
    bucket: number,
    ranges: readonly BucketRange[],
    expected: number,
  ][];
  readonly getEqualWeights: readonly [n: number, expected: readonly number[]][];
  readonly inNamespace: readonly [name: string, unit: string, namespace: Namespace, expected: boolean][];
  readonly getQueryStringOverride: readonly [
    name: string,
    key: string,
    url: string,
    n: number,
    expected: number | null,
  ][];
  readonly feature: readonly FeatureCase[];
  readonly contextualBandit: readonly FeatureCase[];
  readonly run: readonly [
    name: string,
    context: FeatureContext,
    experiment: FeatureExperiment,
    value: unknown,
    inExperiment: boolean,
    hashUsed: boolean,
  ][];
  readonly decrypt: readonly [name: string, sealed: string, key: string, expected: string | null][];
  readonly stickyBucket: readonly [
    name: string,
    context: FeatureContext & { readonly features: NonNullable<FeatureContext["features"]> },
    documents: readonly StickyDocument[],
    key: string,
    expected: FeatureResult["experimentResult"] | null,
    after: Readonly<Record<string, StickyDocument>>,
  ][];
  readonly urlRedirect: readonly [
    name: string,
    context: FeatureContext & { readonly experiments: readonly FeatureExperiment[] },
    expected: readonly {
      readonly inExperiment: boolean;
      readonly urlRedirect: string;
      readonly urlWithParams: string;
    }[],
  ][];
};
type FeatureCase = readonly [name: string, context: FeatureContext, key: string, expected: FeatureResult];

/** How many cases of each function version 0.8.0 has. */
export const CASE_COUNTS = {
  evalCondition: 248,
  hash: 15,
  getBucketRange: 13,
  chooseVariation: 13,
  getEqualWeights: 6,
  inNamespace: 16,
  getQueryStringOverride: 16,
  feature: 55,
  run: 73,
  decrypt: 10,
  stickyBucket: 13,
  urlRedirect: 4,
  contextualBandit: 35,
} as const satisfies Record<Exclude<keyof GrowthBookCases, "specVersion">, number>;
export const CASES_IN_ALL = 517;

/** One case: its function, its name, and a check that throws where we answer otherwise. */
export type Check = {
  readonly of: keyof typeof CASE_COUNTS;
  readonly name: string;
  readonly check: () => void | Promise<void>;
};

/** Every case as a check, each against the function that the product calls. */
export function checksOf(cases: GrowthBookCases): readonly Check[] {
  return [
    ...cases.evalCondition.map(([name, condition, attributes, expected, groups]) =>
      made("evalCondition", name, () => expect(evalCondition(attributes, condition, groups)).toBe(expected)),
    ),
    ...cases.hash.map(([seed, value, version, expected]) =>
      made("hash", `${seed} ${value} ${version}`, () =>
        expect(hashBucket(seed, value, version)).toBe(expected),
      ),
    ),
    ...cases.getBucketRange.map(([name, input, expected]) =>
      made("getBucketRange", name, () =>
        expect(getBucketRanges(...input).map((range) => range.map(rounded))).toEqual(
          expected.map((range) => range.map(rounded)),
        ),
      ),
    ),
    ...cases.chooseVariation.map(([name, bucket, ranges, expected]) =>
      made("chooseVariation", name, () => expect(chooseVariation(bucket, ranges)).toBe(expected)),
    ),
    ...cases.getEqualWeights.map(([n, expected]) =>
      made("getEqualWeights", String(n), () =>
        expect(getEqualWeights(n).map(rounded)).toEqual(expected.map(rounded)),
      ),
    ),
    ...cases.inNamespace.map(([name, unit, namespace, expected]) =>
      made("inNamespace", name, () => expect(inNamespace(unit, namespace)).toBe(expected)),
    ),
    ...cases.getQueryStringOverride.map(([name, key, url, n, expected]) =>
      made("getQueryStringOverride", name, () => expect(queryOverride(key, url, n)).toBe(expected)),
    ),
    ...cases.feature.map((one) => made("feature", one[0], () => checkFeature(one))),
    ...cases.contextualBandit.map((one) => made("contextualBandit", one[0], () => checkFeature(one))),
    ...cases.run.map(([name, context, experiment, value, inExperiment, hashUsed]) =>
      made("run", name, () => {
        const result = runExperiment(experiment, context);
        expect([result.value, result.inExperiment, result.hashUsed]).toEqual([value, inExperiment, hashUsed]);
      }),
    ),
    ...cases.decrypt.map(([name, sealed, key, expected]) =>
      made("decrypt", name, async () => expect((await decryptPayload(sealed, key)) ?? null).toBe(expected)),
    ),
    ...cases.stickyBucket.map((one) => made("stickyBucket", one[0], () => checkSticky(one))),
    ...cases.urlRedirect.map(([name, { experiments, ...context }, expected]) =>
      made("urlRedirect", name, () => {
        const redirect = redirectOf(experiments, context);
        expect(redirect === undefined ? [] : [seenOf(redirect)]).toEqual(expected);
      }),
    ),
  ];
}

const made = (of: Check["of"], name: string, check: Check["check"]): Check => ({ of, name, check });
const rounded = (share: number): number => Math.round(share * 1e8) / 1e8;

/** `tracks` is ours: it must hold the experiment that gave the answer exactly when chance did. */
function checkFeature([, context, key, expected]: FeatureCase): void {
  const { tracks = [], ...result } = evaluateFeature(key, context);
  expect(result).toEqual(expected);
  const answered = result.experimentResult;
  if (answered?.hashUsed) expect(tracks.at(-1)).toEqual({ experiment: result.experiment, result: answered });
  else if (result.source === "experiment") expect(tracks.every((one) => one.result !== answered)).toBe(true);
}

function checkSticky([
  ,
  context,
  documents,
  key,
  expected,
  after,
]: GrowthBookCases["stickyBucket"][number]): void {
  const wanted = stickyKeysOf(context.features, context.attributes ?? {});
  const known = documents
    .map((one) => [stickyKey(one.attributeName, one.attributeValue), one] as const)
    .filter(([name]) => wanted.includes(name));
  const stickyBuckets = Object.fromEntries(known);
  const { experimentResult } = evaluateFeature(key, { ...context, stickyBuckets });
  const { stickyDocument, ...result } = experimentResult ?? {};
  expect(experimentResult === undefined ? null : result).toEqual(expected);
  const kept = stickyDocument && {
    [stickyKey(stickyDocument.attributeName, stickyDocument.attributeValue)]: stickyDocument,
  };
  expect({ ...stickyBuckets, ...kept }).toEqual(after);
}

const seenOf = ({ result, urlRedirect, urlWithParams }: NonNullable<ReturnType<typeof redirectOf>>) => ({
  inExperiment: result.inExperiment,
  urlRedirect,
  urlWithParams,
});
