import { getGpc } from "../get-gpc.ts";
import { getHealth } from "../get-health.ts";
import { getMetrics } from "../get-metrics.ts";
import { getReady } from "../get-ready.ts";
import { postSites, SitesRequest } from "../post-sites.ts";
import { made, ok, type Endpoint } from "./endpoint.ts";

/** The operator, and whoever looks. */
export const OPERATOR_ENDPOINTS: readonly Endpoint[] = [
  {
    method: "POST",
    path: "/v1/sites",
    summary: "Makes a site and its owner, server and write keys, told this once.",
    callers: "operator",
    request: SitesRequest,
    answers: made("The site's id and its three keys."),
    problems: ["site_exists"],
    handle: postSites,
  },
  {
    method: "GET",
    path: "/health",
    summary: "That the Worker runs.",
    callers: "public",
    answers: ok('`{"status":"ok"}`'),
    problems: [],
    handle: getHealth,
  },
  {
    method: "GET",
    path: "/ready",
    summary: "That requests can be served: the settings can be read, and an object answers from its storage.",
    callers: "public",
    answers: ok('`{"status":"ready"}`'),
    problems: ["not_configured", "overloaded"],
    handle: getReady,
  },
  {
    method: "GET",
    path: "/metrics",
    summary: "What this isolate counted since it began: requests, refusals, slots, events, lag.",
    callers: "operator",
    answers: {
      200: { description: "OpenMetrics 1.0.", type: "application/openmetrics-text" },
    },
    problems: [],
    handle: getMetrics,
  },
  {
    method: "GET",
    path: "/.well-known/gpc.json",
    summary: "That this server abides by Global Privacy Control.",
    callers: "public",
    answers: ok("The statement, and when it was last looked over."),
    problems: [],
    handle: getGpc,
  },
];
