import { EventsRequest, type EventsAnswer } from "../core/wire/events.ts";
import { intake } from "../edge/intake.ts";
import { findPerson } from "../edge/person.ts";
import { problemResponse } from "../http/problem.ts";
import { answer, enter, type RouteContext } from "./route.ts";

/** `POST /v1/events`: takes what a page or a server saw; answers for each event on its own. */
export async function postEvents(c: RouteContext): Promise<Response> {
  const entered = await enter(c, ["pk", "sk"], EventsRequest);
  if (entered instanceof Response) return entered;
  const { request } = entered;
  const { kind, siteId, site, headers } = entered.access;
  const { visitorId, customerId, events, sentAt } = request;
  const consent = request.consent ?? {};
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
