import { Config } from "../../core/config/config.ts";
import { getConfigSchema, getStarters } from "../get-config-schema.ts";
import { getConfig, getRevisions } from "../get-config.ts";
import { getExperiment, getExperiments } from "../get-experiment.ts";
import { PlanRequest } from "../../core/experiment/plan.ts";
import { postExperimentStep, StepRequest } from "../post-experiment-step.ts";
import { postPlan } from "../post-plan.ts";
import { getImpact } from "../get-impact.ts";
import { getSite } from "../get-site.ts";
import { CompareRequest, postCompare } from "../post-compare.ts";
import { DraftRequest, postDrafts } from "../post-drafts.ts";
import { postRollback, putConfig, RollbackRequest } from "../put-config.ts";
import { made, MARKETERS, ok, REPORT_READERS, type Endpoint } from "./endpoint.ts";

/** The marketer: what to do, and what it earned. */
export const MARKETER_ENDPOINTS: readonly Endpoint[] = [
  {
    method: "GET",
    path: "/v1/config",
    summary: "The marketer's document as it was published; its revision is the ETag.",
    callers: MARKETERS,
    query: { revision: "An older revision's number." },
    headers: { "If-None-Match": "The ETag at hand." },
    answers: {
      200: { description: "The document, as PUT takes it." },
      304: { description: "It is the one at hand.", type: null },
    },
    problems: ["revision_unknown"],
    handle: getConfig,
  },
  {
    method: "PUT",
    path: "/v1/config",
    summary: "Publishes the whole document as the next revision, if nobody else published in between.",
    callers: MARKETERS,
    request: Config,
    query: { dryRun: "`true`: check and lint only.", message: "Why, for whoever reads the revisions." },
    headers: { "If-Match": "The ETag of the revision this change is based on." },
    answers: ok("The new revision, and what is valid but hardly meant."),
    problems: ["config_invalid", "config_changed", "config_unconditional"],
    handle: putConfig,
  },
  {
    method: "GET",
    path: "/v1/config/revisions",
    summary: "Who published what, when and why; the newest first.",
    callers: MARKETERS,
    answers: ok("Up to 100 revisions."),
    problems: [],
    handle: getRevisions,
  },
  {
    method: "POST",
    path: "/v1/config/rollback",
    summary: "Publishes an older revision again, as a new one.",
    callers: MARKETERS,
    request: RollbackRequest,
    answers: ok("The new revision."),
    problems: ["revision_unknown", "config_changed"],
    handle: postRollback,
  },
  {
    method: "GET",
    path: "/v1/schema/config.json",
    summary: "The config's JSON Schema, for editors.",
    callers: "public",
    answers: { 200: { description: "JSON Schema 2020-12.", type: "application/schema+json" } },
    problems: [],
    handle: getConfigSchema,
  },
  {
    method: "GET",
    path: "/v1/config/starters",
    summary: "Configs to start from, by kind of shop.",
    callers: "public",
    answers: ok("Configs by name."),
    problems: [],
    handle: getStarters,
  },
  {
    method: "POST",
    path: "/v1/config/compare",
    summary:
      "What slots show now beside what they would show with another config: to nobody, a persona, or a customer who agreed.",
    callers: MARKETERS,
    request: CompareRequest,
    answers: ok("Each slot before and after."),
    problems: ["config_invalid", "customer_unknown", "consent_missing"],
    handle: postCompare,
  },
  {
    method: "POST",
    path: "/v1/drafts",
    summary: "Makes a preview link: an invented persona sees a config that is not live.",
    callers: MARKETERS,
    request: DraftRequest,
    answers: made("The preview's id and its end."),
    problems: ["config_invalid"],
    handle: postDrafts,
  },
  {
    method: "GET",
    path: "/v1/experiments",
    summary: "Every experiment and holdout with its verdict and what to do now.",
    callers: REPORT_READERS,
    answers: ok("The verdicts."),
    problems: [],
    handle: getExperiments,
  },
  {
    method: "POST",
    path: "/v1/experiments/plan",
    summary: "How many visitors and days an experiment needs, from the site's own figures.",
    callers: REPORT_READERS,
    request: PlanRequest,
    answers: ok("Visitors and days, looked at once, in planned steps, and at any time."),
    problems: ["experiment_unknown", "figures_missing"],
    handle: postPlan,
  },
  {
    method: "POST",
    path: "/v1/experiments/:id/step",
    summary: "Takes the step that is proposed for an experiment, or refuses it.",
    callers: MARKETERS,
    params: { id: "An experiment of the config." },
    request: StepRequest,
    answers: ok("The revision that came of it, if one did."),
    problems: ["proposal_unknown"],
    handle: postExperimentStep,
  },
  {
    method: "GET",
    path: "/v1/impact",
    summary:
      "What personalization earned that would not have been earned otherwise: in total, by slot, rule and experiment.",
    callers: REPORT_READERS,
    answers: ok("Money with ranges, over time."),
    problems: [],
    handle: getImpact,
  },
  {
    method: "GET",
    path: "/v1/experiments/:id",
    summary: "The verdict, what to do now, and the figures of each variation; right whenever it is read.",
    callers: REPORT_READERS,
    params: { id: "An experiment of the config, or `holdout`." },
    answers: ok("The report."),
    problems: ["experiment_unknown"],
    handle: getExperiment,
  },
  {
    method: "GET",
    path: "/v1/site",
    summary: "What this site is and has: origins, catalog, model, events of the last days.",
    callers: REPORT_READERS,
    answers: ok("The site."),
    problems: [],
    handle: getSite,
  },
];
