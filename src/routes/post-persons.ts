import * as v from "valibot";
import type { Arriving } from "../core/move/arrive.ts";
import { readMovedEvent } from "../core/move/moved-event.ts";
import { MovedPerson } from "../core/move/person.ts";
import type { LoggedEvent } from "../core/profile/logged.ts";
import type { Problem } from "../core/problem/problem.ts";
import { objectId } from "../edge/names.ts";
import type { Access } from "../http/access.ts";
import { problemResponse } from "../http/problem.ts";
import { envelopeOf } from "./imports.ts";
import { answer, enter, type RouteContext } from "./route.ts";

/** As much as a page of `GET /v1/persons` can be, and what JSON adds. */
const BYTES_MAX = 8 * 1024 * 1024;

/** People taken in at a time. */
const AT_ONCE = 20;

export const PersonsRequest = v.strictObject({
  persons: v.pipe(v.array(MovedPerson), v.minLength(1), v.maxLength(200)),
});

/**
 * `POST /v1/persons`: takes people in who were known in another deployment, as `GET /v1/persons` hands them out. A visitor has
 * another name here than their browser knows, which led to the old deployment: what they did counts, and they are met anew.
 */
export async function postPersons(c: RouteContext): Promise<Response> {
  const entered = await enter(c, PersonsRequest, BYTES_MAX);
  if (entered instanceof Response) return entered;
  const { access, request } = entered;
  const outcomes = { taken: 0, erased: 0, joined: 0 };
  const arrivals: { readonly object: DurableObjectId; readonly person: Arriving }[] = [];
  // All of them are looked at before any is taken in.
  for (const [i, person] of request.persons.entries()) {
    const object = await objectOf(c, access, person);
    const read = readRows(person, { site: access.siteId, subject: object.toString().slice(0, 16) }, i);
    if ("code" in read) return problemResponse(read);
    arrivals.push({ object, person: read });
  }
  const { site, receivers, tallies, retention } = envelopeOf(access.siteId, access.site);
  const { idleCustomerDays, idleVisitorDays, ...days } = retention;
  const bring = ({ object, person }: (typeof arrivals)[number]) => {
    const { customerId } = person;
    const idleDays = customerId === undefined ? idleVisitorDays : idleCustomerDays;
    const call = { site, receivers, tallies, retention: { ...days, idleDays }, customerId, person };
    return c.env.CUSTOMER.get(object).arrive(call);
  };
  for (let at = 0; at < arrivals.length; at += AT_ONCE)
    for (const outcome of await Promise.all(arrivals.slice(at, at + AT_ONCE).map(bring))) outcomes[outcome]++;
  return answer(outcomes);
}

const objectOf = (c: RouteContext, { siteId }: Access, { customerId, source }: MovedPerson) =>
  customerId === undefined
    ? objectId(c.env, "visitor", siteId, `moved ${source}`)
    : objectId(c.env, "customer", siteId, customerId);

function readRows(
  person: MovedPerson,
  to: { readonly site: string; readonly subject: string },
  i: number,
): Arriving | Problem {
  const rows: Arriving["rows"][number][] = [];
  for (const [r, row] of person.rows.entries()) {
    const events: LoggedEvent[] = [];
    for (const [e, value] of row.events.entries()) {
      const event = readMovedEvent(value, to);
      if (!event)
        return {
          code: "body_invalid",
          pointer: `/persons/${i}/rows/${r}/events/${e}`,
          detail: `/persons/${i}/rows/${r}/events/${e} must be an event as GET /v1/persons hands it out.`,
        };
      events.push(event);
    }
    rows.push({ ...row, events });
  }
  return { ...person, rows };
}
