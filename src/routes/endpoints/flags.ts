import { getFeatures } from "../get-features.ts";
import { OfrepRequest } from "../ofrep.ts";
import { postOfrepFlag } from "../post-ofrep-flag.ts";
import { postOfrepFlags } from "../post-ofrep-flags.ts";
import { ok, PAGES, type Endpoint } from "./endpoint.ts";

/** Statuses for which the protocol has a body of its own. */
const PROTOCOL = [400, 404, 500] as const;
const KNOWN = { "If-None-Match": "The ETag at hand." } as const;
const UNCHANGED = { 304: { description: "It is the one at hand.", type: null } } as const;

/** Flags, for other people's SDKs: OpenFeature's remote evaluation, and GrowthBook's payload. */
export const FLAGS_ENDPOINTS: readonly Endpoint[] = [
  {
    method: "POST",
    path: "/ofrep/v1/evaluate/flags",
    summary:
      "Every flag for one person, by the OpenFeature Remote Evaluation Protocol; errors are told by it too.",
    callers: PAGES,
    request: OfrepRequest,
    headers: { ...KNOWN, "X-API-Key": "The key, instead of Authorization." },
    answers: { ...ok("The flags."), ...UNCHANGED },
    problems: ["budget_spent"],
    foreign: PROTOCOL,
    handle: postOfrepFlags,
  },
  {
    method: "POST",
    path: "/ofrep/v1/evaluate/flags/:key",
    summary:
      "One flag for one person, by the OpenFeature Remote Evaluation Protocol; errors are told by it too.",
    callers: PAGES,
    request: OfrepRequest,
    params: { key: "The flag's key." },
    headers: { "X-API-Key": "The key, instead of Authorization." },
    answers: ok("The flag's value, and why."),
    problems: ["flag_unknown", "targeting_key_missing", "budget_spent"],
    foreign: PROTOCOL,
    handle: postOfrepFlag,
  },
  {
    method: "GET",
    path: "/v1/features",
    summary: "Every flag with its rules, for SDKs that evaluate by themselves.",
    callers: PAGES,
    headers: KNOWN,
    answers: { ...ok("The payload of a GrowthBook SDK."), ...UNCHANGED },
    problems: ["budget_spent"],
    handle: getFeatures,
  },
  {
    method: "GET",
    path: "/api/features/:clientKey",
    summary: "The same at the address that GrowthBook SDKs call.",
    callers: PAGES,
    params: { clientKey: "A page's public key." },
    headers: KNOWN,
    answers: { ...ok("The payload of a GrowthBook SDK."), ...UNCHANGED },
    problems: ["budget_spent"],
    handle: getFeatures,
  },
];
