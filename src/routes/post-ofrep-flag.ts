import { resolveFlag, type Unresolved } from "../core/feature/resolve-flag.ts";
import type { Problem } from "../core/problem/problem.ts";
import { ofrepError, ofrepFault, openOfrep } from "./ofrep.ts";
import { answer, type RouteContext } from "./route.ts";

/** What the protocol's codes are among our problems, and what to do about each. */
const PROBLEM: Readonly<Record<Unresolved["errorCode"], Pick<Problem, "code" | "cure">>> = {
  FLAG_NOT_FOUND: { code: "flag_unknown", cure: "POST /ofrep/v1/evaluate/flags lists every flag." },
  TARGETING_KEY_MISSING: {
    code: "targeting_key_missing",
    cure: "Set targetingKey to the visitorId, or on a server to the customerId, that the events carry.",
  },
  GENERAL: { code: "internal" },
};

/** `POST /ofrep/v1/evaluate/flags/{key}`: one flag for one person, as OpenFeature's server providers ask. */
export async function postOfrepFlag(c: RouteContext): Promise<Response> {
  const key = c.req.param("key") ?? "";
  const opened = await openOfrep(c, key);
  if (opened instanceof Response) return opened;
  const { access, asking, headers } = opened;
  try {
    const resolved = resolveFlag(access.site.world.config.config, key, asking);
    if (!("errorCode" in resolved)) return answer(resolved, headers);
    const { errorCode, errorDetails } = resolved;
    return await ofrepError({ ...PROBLEM[errorCode], detail: errorDetails }, errorCode, key, headers);
  } catch (error) {
    return ofrepFault(error, key, headers);
  }
}
