import { EventsRequest, type EventsAnswer } from "../core/wire/events.ts";
import { parseWith } from "../core/problem/parse.ts";
import { intake } from "../edge/intake.ts";
import { findPerson } from "../edge/person.ts";
import { openAccess } from "../http/access.ts";
import { problemResponse } from "../http/problem.ts";
import { readJson } from "../http/read-body.ts";
import { answer, contextOf, type RouteContext } from "./route.ts";

/** `POST /v1/events`: takes what a page or a server saw; answers for each event on its own. */
export async function postEvents(c: RouteContext): Promise<Response> {
  const body = await readJson(c.req.raw);
  if (!body.ok) return problemResponse(body.problem);
  const access = await openAccess(contextOf(c), ["pk", "sk"], bodyKeyOf(body.value));
  if (!access.ok) return problemResponse(access.problem);
  const { kind, siteId, site, headers } = access.value;
  const request = parseWith(EventsRequest, body.value, "body_invalid");
  if (!request.ok) return problemResponse(request.problem, headers);
  const { visitorId, customerId, events, sentAt } = request.value;
  const consent = request.value.consent ?? {};
  const person = await findPerson(c.env, siteId, kind, { visitorId, customerId, consent });
  if (!person.ok) return problemResponse(person.problem, headers);
  const taken = await intake(c.env, siteId, site, {
    person: person.value,
    consent,
    events,
    sentAt,
    source: kind === "sk" ? "server" : "snippet",
  });
  const minted = taken.answers.some((one) => one.status === "accepted") ? person.value?.mintedId : undefined;
  return answer(
    { events: taken.answers, ...(minted === undefined ? {} : { visitorId: minted }) } satisfies EventsAnswer,
    headers,
  );
}

/** The key a browser's body carries, read before the body is checked, so that a refusal can name its origin. */
export function bodyKeyOf(body: unknown): string | undefined {
  const key = (body as { key?: unknown } | null)?.key;
  return typeof key === "string" && key.length <= 256 ? key : undefined;
}
