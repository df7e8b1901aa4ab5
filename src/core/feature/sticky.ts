import type { Attributes } from "../segment/evaluate.ts";
import type { FeatureExperiment, Features, StickyDocument } from "./context.ts";
import { unitOf, type Unit } from "./hash-attribute.ts";

type Documents = Readonly<Record<string, StickyDocument>>;

/** Under which a unit's document is kept. @example stickyKey("id", "7") // "id||7" */
export const stickyKey = (attribute: string, value: string): string => `${attribute}||${value}`;

/**
 * Under which keys a unit's documents are kept, for all that a payload may ask: what the caller loads before it evaluates.
 * @example stickyKeysOf({ a: { rules: [{ variations: [0, 1] }] } }, { id: "7" }) // ["id||7"]
 */
export function stickyKeysOf(features: Features, attributes: Attributes): readonly string[] {
  const names = new Set<string>();
  for (const { rules = [] } of Object.values(features)) {
    for (const rule of rules) {
      if (rule.variations === undefined && rule.contextualVariations === undefined) continue;
      names.add(rule.hashAttribute || "id");
      if (rule.fallbackAttribute) names.add(rule.fallbackAttribute);
    }
  }
  return [...names].flatMap((name) => {
    const { text } = unitOf(attributes, name);
    return text === "" ? [] : [stickyKey(name, text)];
  });
}

/** What a unit's documents say: an index, -1 for nothing, or that the unit may not take part any more. */
export type Remembered = { readonly variation: number; readonly isBlocked: boolean };

const NOTHING: Remembered = { variation: -1, isBlocked: false };

/**
 * The variation a unit was in before. The document of the attribute that is hashed goes before the fallback's, whose
 * units so keep their variation when they log in. Any assignment of a version before the least one blocks.
 * Source: GrowthBook SDK specification 0.8.0, sticky bucketing.
 */
export function rememberedOf(
  experiment: FeatureExperiment,
  documents: Documents,
  attributes: Attributes,
): Remembered {
  const { key, bucketVersion = 0, minBucketVersion = 0, meta = [] } = experiment;
  const assignments = {
    ...assignmentsOf(documents, unitOf(attributes, experiment.fallbackAttribute)),
    ...assignmentsOf(documents, unitOf(attributes, experiment.hashAttribute)),
  };
  const prefix = `${key}__`;
  for (const name of minBucketVersion > 0 ? Object.keys(assignments) : []) {
    const version = name.startsWith(prefix) ? name.slice(prefix.length) : "";
    if (/^\d+$/.test(version) && Number(version) < minBucketVersion)
      return { variation: -1, isBlocked: true };
  }
  const name = `${prefix}${bucketVersion}`;
  if (!Object.hasOwn(assignments, name)) return NOTHING;
  return { variation: meta.findIndex((one) => one.key === assignments[name]), isBlocked: false };
}

/** A unit's document after it was assigned; `undefined` when it says so already. */
export function rememberAs(
  { key, bucketVersion = 0 }: FeatureExperiment,
  documents: Documents,
  { attribute, text }: Unit,
  variationKey: string,
): StickyDocument | undefined {
  const known = assignmentsOf(documents, { attribute, text });
  const name = `${key}__${bucketVersion}`;
  if (Object.hasOwn(known, name) && known[name] === variationKey) return undefined;
  return {
    attributeName: attribute,
    attributeValue: text,
    assignments: { ...known, [name]: variationKey },
  };
}

function assignmentsOf(
  documents: Documents,
  { attribute, text }: Pick<Unit, "attribute" | "text">,
): Readonly<Record<string, string>> {
  const key = stickyKey(attribute, text);
  return text !== "" && Object.hasOwn(documents, key) ? documents[key]!.assignments : {};
}
