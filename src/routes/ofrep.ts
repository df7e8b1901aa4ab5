import * as v from "valibot";
import type { Asking, Unresolved } from "../core/feature/resolve-flag.ts";
import { idDefect } from "../core/primitives/ids.ts";
import { parseWith } from "../core/problem/parse.ts";
import { pointerInto, type Problem } from "../core/problem/problem.ts";
import type { Access } from "../http/access.ts";
import { problemOfError, problemResponse, statusOf } from "../http/problem.ts";
import { readJson } from "../http/read-body.ts";
import { READABLE } from "./preflight.ts";
import { spendAsPage } from "./page-budget.ts";
import { admit, answer, consentOf, type RouteContext } from "./route.ts";

/** bytes of a body: a context is a handful of attributes. */
const BYTES_MAX = 64 * 1024;

/**
 * A request of the OpenFeature Remote Evaluation Protocol: whom flags are asked for. `targetingKey` is the visitor's or
 * customer's id, `consent` says what they agreed to, everything else is an attribute for conditions.
 */
export const OfrepRequest = v.strictObject({
  context: v.optional(
    v.objectWithRest({ targetingKey: v.optional(v.string()), consent: v.optional(v.unknown()) }, v.unknown()),
    {},
  ),
});

/** Error codes of the protocol. Source: open-feature/protocol, `service/openapi.yaml`. */
type ErrorCode = Unresolved["errorCode"] | "PARSE_ERROR" | "INVALID_CONTEXT";

/** What both endpoints need to know, once the door is open. */
export type Opened = {
  readonly access: Access;
  readonly asking: Asking;
  readonly headers: Record<string, string>;
};

/**
 * The head of both endpoints: lets the caller in by `Authorization: Bearer` or `X-API-Key`, reads the context. Who is not
 * let in, sends too much or too often gets a problem, since the protocol gives those no body; what is wrong with the
 * context is told in the protocol's own words. Unknown consent is no.
 * @param key the one flag that is asked for, repeated in errors
 */
export async function openOfrep(c: RouteContext, key?: string): Promise<Opened | Response> {
  const access = await admit(c, c.req.header("x-api-key"));
  if (access instanceof Response) return access;
  const headers = { ...access.headers, ...READABLE };
  const body = await readJson(c.req.raw, BYTES_MAX);
  if (!body.ok) return refuse(body.problem, key, headers);
  const request = parseWith(OfrepRequest, Array.isArray(body.value) ? undefined : body.value, "body_invalid");
  if (!request.ok) return refuse(request.problem, key, headers);
  const { targetingKey, ...attributes } = request.value.context;
  const unit = targetingKey === "" ? undefined : targetingKey;
  const defect = unit === undefined ? undefined : idDefect(unit);
  if (defect !== undefined)
    return refuse(
      {
        code: "body_invalid",
        pointer: "/context/targetingKey",
        detail: `/context/targetingKey is ${defect}.`,
      },
      key,
      headers,
    );
  const spent = spendAsPage(c, access, unit);
  if (spent) return problemResponse(spent, headers);
  const { consent } = attributes;
  const said = typeof consent === "object" && consent !== null && !Array.isArray(consent) ? consent : {};
  const stated = consentOf(c, access, { consent: said as Readonly<Record<string, unknown>> });
  return {
    access,
    headers,
    asking: { unit, attributes: { ...attributes, consent: stated }, now: Date.now() },
  };
}

/** A refusal in the protocol's own form, with the problem that it is beside it: its page says cause and cure. */
export async function ofrepError(
  problem: Problem,
  errorCode: ErrorCode,
  key: string | undefined,
  headers: Record<string, string>,
): Promise<Response> {
  const told = (await problemResponse(problem).json()) as Record<string, unknown>;
  const own = {
    ...(key === undefined ? {} : { key: sayable(key) }),
    errorCode,
    errorDetails: problem.detail,
  };
  return answer({ ...own, ...told }, headers, statusOf(problem.code));
}

/** Our own fault. The page goes on with its own values. */
export function ofrepFault(
  error: unknown,
  key: string | undefined,
  headers: Record<string, string>,
): Promise<Response> {
  console.error(JSON.stringify({ at: "ofrep", error: String(error) }));
  return ofrepError(problemOfError(error), "GENERAL", key, headers);
}

/** The asked key as far as it is fit to be repeated: as a field's name is, in pointers. */
const sayable = (key: string): string => (pointerInto("", key) === "" ? "" : key);

function refuse(
  problem: Problem,
  key: string | undefined,
  headers: Record<string, string>,
): Response | Promise<Response> {
  if (statusOf(problem.code) !== 400) return problemResponse(problem, headers);
  const isParsed = problem.code === "body_invalid";
  const isContext = problem.pointer?.startsWith("/context") === true;
  return ofrepError(
    problem,
    isParsed ? (isContext ? "INVALID_CONTEXT" : "GENERAL") : "PARSE_ERROR",
    key,
    headers,
  );
}
