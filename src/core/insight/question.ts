import type { ValueTerms } from "../value/value-model.ts";
import type { AcquisitionCosts } from "./clientele.ts";

/** What can be asked about everybody, of a site's ledger. */
export const INSIGHTS = [
  "cohorts",
  "journeys",
  "sources",
  "before",
  "prioritising",
  "consent",
  "rfm",
  "segments",
  "equity",
] as const;
export type InsightName = (typeof INSIGHTS)[number];

/** A question with what of the config it needs. */
export type InsightQuestion = {
  readonly name: InsightName;
  readonly terms: ValueTerms;
  /** Ids of the config's segments, so that empty ones are told too. */
  readonly segments: readonly string[];
  readonly costs?: AcquisitionCosts | undefined;
};
