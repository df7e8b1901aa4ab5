import * as v from "valibot";
import type { EventAnswer } from "../core/wire/decide.ts";
import { sender } from "../core/wire/decide.ts";
import { intake, rejected } from "../edge/intake.ts";
import { findPerson, originOf } from "../edge/person.ts";
import { problemResponse } from "../http/problem.ts";
import { mapGa4 } from "../import/ga4.ts";
import { answer, askerOf, consentOf, enter, type RouteContext } from "./route.ts";

/** Events in GA4's words; `id` is ours, because GA4 has none and we promise to count once. */
export const Ga4Request = v.strictObject({
  ...sender,
  events: v.pipe(
    v.array(
      v.looseObject({
        id: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
        name: v.pipe(v.string(), v.maxLength(128)),
        params: v.optional(v.unknown(), {}),
        at: v.optional(v.unknown()),
        page: v.optional(v.unknown()),
      }),
    ),
    v.minLength(1),
    v.maxLength(100),
  ),
});

/** `POST /v1/ga4`: GA4 e-commerce events, as a dataLayer holds them. Answers per event; one that became several answers for its worst. */
export async function postGa4(c: RouteContext): Promise<Response> {
  const entered = await enter(c, Ga4Request);
  if (entered instanceof Response) return entered;
  const { request } = entered;
  const { kind, site, headers } = entered.access;
  const asker = askerOf(c, entered.access);
  const { visitorId, newcomer, customerId, identity, sentAt } = request;
  const consent = consentOf(c, entered.access, request);
  const person = await findPerson(asker, {
    visitorId,
    customerId,
    identity,
    consent,
    origin: originOf(newcomer, []),
  });
  if (!person.ok) return problemResponse(person.problem, headers);

  const answers: EventAnswer[] = [];
  const events: unknown[] = [];
  const owners: number[] = [];
  request.events.forEach((one, place) => {
    const { id, name, params, at, page } = one;
    const mapped = mapGa4(name, params, {
      id,
      ...(at === undefined ? {} : { at }),
      ...(page === undefined ? {} : { page }),
    });
    if (!mapped.ok) answers[place] = rejected({ id }, mapped.problem);
    else for (const event of mapped.value) owners[events.push(event) - 1] = place;
  });
  if (events.length > 0) {
    const taken = await intake(asker, site, {
      person: person.value,
      consent,
      events,
      sentAt,
      source: kind === "sk" ? "server" : "ga4",
    });
    taken.answers.forEach((one, i) => {
      const place = owners[i]!;
      const { id } = request.events[place]!;
      const known = answers[place];
      if (known === undefined || (known.status !== "rejected" && one.status !== "duplicate"))
        answers[place] = { ...one, id };
    });
  }
  const minted = answers.some((one) => one.status === "accepted") ? person.value?.mintedId : undefined;
  return answer({ events: answers, ...(minted === undefined ? {} : { visitorId: minted }) }, headers);
}
