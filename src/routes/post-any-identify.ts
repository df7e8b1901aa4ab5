import { problemResponse } from "../http/problem.ts";
import { readJson } from "../http/read-body.ts";
import { postIdentify } from "./post-identify.ts";
import { postSegment } from "./post-segment.ts";
import type { RouteContext } from "./route.ts";

/** Fields that only our own body has: Segment's libraries send `writeKey`, `userId` and `anonymousId`. */
const OURS = ["key", "identity", "customerId", "visitorId"] as const;

/** `POST /v1/identify`: our own call, or Segment's of the same address. The body says which: they share no field. */
export async function postAnyIdentify(c: RouteContext): Promise<Response> {
  const body = await readJson(c.req.raw.clone() as Request);
  if (!body.ok) return problemResponse(body.problem);
  const isOurs =
    typeof body.value === "object" &&
    body.value !== null &&
    OURS.some((field) => Object.hasOwn(body.value as object, field));
  return isOurs ? postIdentify(c) : postSegment(c);
}
