import { EXPORT_KINDS } from "../../core/export/rows.ts";
import { NDJSON_TYPE } from "../../export/ndjson.ts";
import { getCalibration, getEquity, getTopCustomers } from "../get-equity.ts";
import { getExport } from "../get-export.ts";
import { AudienceRequest, postAudience } from "../post-audience.ts";
import { getLive } from "../get-live.ts";
import { getPulse } from "../get-pulse.ts";
import { getInsight, getSegments } from "../get-insight.ts";
import { getTriggers } from "../get-triggers.ts";
import { postSegmentPreview, SegmentPreviewRequest } from "../post-segment-preview.ts";
import { MARKETERS, ok, REPORT_READERS, type Endpoint } from "./endpoint.ts";

/** What customers are worth, who they are to the shop, and the tables behind it. */
export const INSIGHT_ENDPOINTS: readonly Endpoint[] = [
  {
    method: "GET",
    path: "/v1/equity",
    summary:
      "What all customers together are worth: range, parts, movement, potential, and what personalization caused.",
    callers: REPORT_READERS,
    answers: ok("Customer equity, by currency."),
    problems: [],
    handle: getEquity,
  },
  {
    method: "GET",
    path: "/v1/equity/top",
    summary: "The customers who are worth most, by the shop's own ids.",
    callers: MARKETERS,
    answers: ok("Up to 50 customers, best first."),
    problems: [],
    handle: getTopCustomers,
  },
  {
    method: "GET",
    path: "/v1/equity/calibration",
    summary: "Predictions of the last days, made without knowing them, against what came.",
    callers: REPORT_READERS,
    query: { days: "How many days, 90 unless said." },
    answers: ok("Errors, and predicted against actual by tenths."),
    problems: ["query_invalid"],
    handle: getCalibration,
  },
  {
    method: "GET",
    path: "/v1/segments",
    summary: "Each segment with its size and value, and what segments have in common.",
    callers: REPORT_READERS,
    answers: ok("The segments."),
    problems: [],
    handle: getSegments,
  },
  {
    method: "POST",
    path: "/v1/segments/preview",
    summary: "What a segment would be, before it is published: its size, value and overlaps.",
    callers: MARKETERS,
    request: SegmentPreviewRequest,
    answers: ok("Estimates with their ranges; exact where everybody was asked."),
    problems: [],
    handle: postSegmentPreview,
  },
  {
    method: "GET",
    path: "/v1/pulse",
    summary:
      "Decisions, events, orders and revenue by day, looks and clicks by slot, the model's state, the ledger's lag.",
    callers: REPORT_READERS,
    answers: ok("The last 30 days."),
    problems: [],
    handle: getPulse,
  },
  {
    method: "GET",
    path: "/v1/live",
    summary: "What people just looked at, clicked, put into the cart and bought; never who.",
    callers: REPORT_READERS,
    query: { after: "The `seq` of the answer before." },
    answers: ok("Up to 200 acts, the newest last."),
    problems: [],
    handle: getLive,
  },
  {
    method: "GET",
    path: "/v1/triggers",
    summary: "Each trigger with how often it fired in the last 30 days, and why it did not.",
    callers: REPORT_READERS,
    answers: ok("The triggers."),
    problems: [],
    handle: getTriggers,
  },
  {
    method: "GET",
    path: "/v1/insight/:name",
    summary:
      "Cohorts, journeys, sources, what is looked at before buying, whether the best are looked after, groups found in the data.",
    callers: REPORT_READERS,
    params: { name: "cohorts, journeys, sources, before, prioritising, consent, rfm or micro-segments" },
    answers: ok("The figures; those about fewer than five people are withheld."),
    problems: ["query_invalid"],
    handle: getInsight,
  },
  {
    method: "GET",
    path: "/v1/export/:kind",
    summary:
      "A table of everybody whom consent lets out: events, customers, decisions or outcomes; or the catalog's items.",
    callers: ["owner", "analyst"],
    params: { kind: `${EXPORT_KINDS.join(", ")}, items` },
    query: {
      format: "`ndjson` (as it is without) or `parquet`.",
      from: "From this day or moment.",
      until: "Before this day or moment.",
      customers: "Customers in one file, up to 900.",
      after: "The header `concierge-next` of the file before.",
    },
    answers: { 200: { description: "The table.", type: NDJSON_TYPE } },
    problems: ["query_invalid"],
    handle: getExport,
  },
  {
    method: "POST",
    path: "/v1/audiences/:segment",
    summary:
      "What has changed in a segment's audience since an ad platform was told last: hashed, with consent.",
    callers: MARKETERS,
    params: { segment: "A segment of the config." },
    request: AudienceRequest,
    answers: { 200: { description: "Lines to add and to remove.", type: NDJSON_TYPE } },
    problems: ["segment_unknown"],
    handle: postAudience,
  },
];
