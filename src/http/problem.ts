import { PROBLEMS, type Problem, type ProblemCode } from "../core/problem/problem.ts";
import { isOfFullDisk } from "../edge/full-disk.ts";

/** HTTP status of each refusal. Core does not know HTTP; this is the one place where they meet. */
const STATUS: Readonly<Record<ProblemCode, number>> = {
  key_missing: 401,
  key_unknown: 401,
  key_not_allowed: 403,
  origin_not_allowed: 403,
  site_unknown: 404,
  site_exists: 409,
  route_unknown: 404,
  method_not_allowed: 405,
  body_too_large: 413,
  body_not_json: 400,
  body_not_text: 400,
  body_too_deep: 400,
  body_hostile: 400,
  body_invalid: 400,
  event_too_large: 413,
  event_unknown: 400,
  event_invalid: 400,
  event_too_old: 400,
  event_conflict: 409,
  id_invalid: 400,
  id_missing: 400,
  identity_unverified: 403,
  consent_missing: 403,
  token_invalid: 400,
  variation_unknown: 400,
  catalog_row_invalid: 400,
  catalog_format_unknown: 415,
  catalog_shrinks: 409,
  config_invalid: 400,
  config_changed: 412,
  config_unconditional: 428,
  revision_unknown: 404,
  experiment_unknown: 404,
  segment_unknown: 404,
  query_invalid: 400,
  figures_missing: 409,
  proposal_unknown: 404,
  draft_unknown: 404,
  storage_full: 507,
  not_configured: 503,
  overloaded: 503,
  self_unknown: 401,
  customer_unknown: 404,
  merge_final: 409,
  erased: 410,
  paused: 409,
  visitor_joined: 409,
  internal: 500,
  budget_spent: 429,
  bot_suspected: 403,
  webhook_unknown: 404,
  unsafe_webhook_url: 400,
  too_many_webhooks: 409,
  delivery_unknown: 404,
  import_unknown: 404,
  import_unreadable: 400,
  import_row_invalid: 409,
  format_unsupported: 415,
  signature_invalid: 401,
  key_not_found: 404,
  key_last_owner: 409,
  key_not_rotatable: 409,
  keys_too_many: 409,
  flag_unknown: 404,
  targeting_key_missing: 400,
  item_unknown: 404,
  body_stalled: 408,
  origin_failed: 502,
  store_newer: 503,
};

/** The HTTP status of a refusal. @example statusOf("key_missing") // 401 */
export const statusOf = (code: ProblemCode): number => STATUS[code];

/** A refusal on the wire: RFC 9457, with our stable code, the place, the shape and the cure. */
export function problemResponse(problem: Problem, headers: Record<string, string> = {}): Response {
  const status = STATUS[problem.code];
  const { code, detail, pointer, shape, cure } = problem;
  const body = {
    type: `/errors/${code}.md`,
    title: PROBLEMS[code],
    status,
    code,
    detail,
    pointer,
    shape,
    cure,
  };
  const response = new Response(JSON.stringify(body), {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...(status === 503 || status === 507 ? { "retry-after": "5" } : {}),
      ...(problem.retryAfterS === undefined ? {} : { "retry-after": String(problem.retryAfterS) }),
      ...headers,
    },
  });
  codes.set(response, code);
  return response;
}

const codes = new WeakMap<Response, ProblemCode>();
/** Which refusal a response is, if it is one of ours. */
export const codeOf = (response: Response): ProblemCode | undefined => codes.get(response);

/** What a thrown error is to a caller: room and load are told apart, the rest is ours and stays ours. */
export function problemOfError(error: unknown): Problem {
  if (isOfFullDisk(error))
    return {
      code: "storage_full",
      detail: "Nothing was stored. Try again later.",
      cure: "The operator must make room.",
    };
  if (/The store is at version \d+; this build knows \d+/.test(String(error)))
    return {
      code: "store_newer",
      detail: "What is stored was written by a newer version than this one. Nothing was changed.",
      cure: "The operator must deploy the newer version again, or restore a backup of before it.",
    };
  if ((error as { overloaded?: boolean } | null)?.overloaded)
    return { code: "overloaded", detail: "Nothing was stored. Try again in a few seconds." };
  return {
    code: "internal",
    detail: "Nothing was stored by this request, or all of it; sending it again is safe.",
  };
}
