import { EventsRequest, type EventsAnswer } from "../core/wire/events.ts";
import { intake } from "../edge/intake.ts";
import { findPerson, originOf } from "../edge/person.ts";
import { add } from "../http/metrics.ts";
import { problemResponse } from "../http/problem.ts";
import { askerOf, closingAnswer, consentOf, enter, withCookies, type RouteContext } from "./route.ts";

/** `POST /v1/events`: takes what a page or a server saw; answers for each event on its own. */
export async function postEvents(c: RouteContext): Promise<Response> {
  const entered = await enter(c, EventsRequest);
  if (entered instanceof Response) return entered;
  const { access, request } = entered;
  const { kind, site, headers } = access;
  const { visitorId, newcomer, customerId, identity, events, sentAt } = request;
  const consent = consentOf(c, access, request);
  const asker = askerOf(c, access);
  const person = await findPerson(asker, {
    visitorId,
    customerId,
    identity,
    consent,
    origin: originOf(newcomer, events),
  });
  if (!person.ok) return problemResponse(person.problem, headers);
  const taken = await intake(asker, site, {
    person: person.value,
    consent,
    events,
    sentAt,
    source: kind === "sk" ? "server" : "snippet",
  });
  for (const { status } of taken.answers) add("concierge_events", { status });
  // A repeat of what was taken in before its answer was lost has to hand out the id again.
  const isTaken = taken.answers.some((one) => one.status !== "rejected") || taken.person !== person.value;
  const minted = isTaken ? taken.person?.mintedId : undefined;
  return withCookies(
    closingAnswer(
      {
        events: taken.answers,
        ...(minted === undefined ? {} : { visitorId: minted }),
      } satisfies EventsAnswer,
      c,
      headers,
    ),
    isTaken ? (taken.person?.cookies ?? []) : [],
  );
}
