import * as v from "valibot";
import type { ConsentStatement } from "../core/consent/consent.ts";
import { statementOfCategories } from "../core/consent/segment.ts";
import { shapeOf } from "../core/problem/problem.ts";
import type { EventAnswer } from "../core/wire/decide.ts";
import { EVENTS_MAX } from "../core/wire/events.ts";
import { intake, rejected } from "../edge/intake.ts";
import { findPerson } from "../edge/person.ts";
import { problemResponse } from "../http/problem.ts";
import { readJson } from "../http/read-body.ts";
import { mapSegment } from "../import/segment.ts";
import { admit, answer, askerOf, consentOf, type RouteContext } from "./route.ts";

/** Segment's own body, read field by field: whatever else a library sends along is let through. */
export const SegmentRequest = v.looseObject({
  writeKey: v.optional(v.string()),
  batch: v.optional(v.pipe(v.array(v.unknown()), v.maxLength(EVENTS_MAX))),
  sentAt: v.optional(v.unknown()),
  context: v.optional(v.unknown()),
});

type Call = Record<string, unknown>;
type Mapped = { readonly place: number; readonly event: unknown; readonly sentAt: unknown };
type Group = {
  readonly visitorId?: string;
  readonly customerId?: string;
  readonly consent: ConsentStatement;
  readonly mapped: Mapped[];
};

/**
 * Segment's tracking API, so that a shop that already sends there changes an address only: `/v1/batch`, `/v1/track`,
 * `/v1/page` and the rest. Answers like `/v1/events`, event by event, in the order they came.
 */
export async function postSegment(c: RouteContext): Promise<Response> {
  const body = await readJson(c.req.raw);
  if (!body.ok) return problemResponse(body.problem);
  // A body that is no object has no fields: what is missing from it is told like any other missing field.
  const root: Call = isCall(body.value) ? body.value : {};
  const writeKey = typeof root["writeKey"] === "string" ? root["writeKey"].slice(0, 256) : undefined;
  const access = await admit(c, writeKey);
  if (access instanceof Response) return access;
  const { kind, site, headers } = access;
  const asker = askerOf(c, access);
  const name = c.req.path.split("/").at(-1)!;
  const calls = name === "batch" ? root["batch"] : [body.value];
  if (!Array.isArray(calls) || calls.length === 0 || calls.length > EVENTS_MAX) {
    return problemResponse(
      {
        code: "body_invalid",
        pointer: "/batch",
        shape: shapeOf(calls),
        detail: `/batch must be an array of 1 to ${EVENTS_MAX} calls, not ${shapeOf(calls)}.`,
      },
      headers,
    );
  }

  const { categories } = site.world.config.config.consent;
  const answers: EventAnswer[] = [];
  const groups = new Map<string, Group>();
  calls.forEach((call: unknown, place) => {
    const one = name === "batch" ? inherit(call, root) : call;
    const mapped = mapSegment(one, name === "batch" ? undefined : name);
    if (!mapped.ok) {
      answers[place] = rejected({ id: (call as Call | null)?.["messageId"] }, mapped.problem);
      return;
    }
    const { anonymousId, userId, event } = mapped.value;
    // A page's word on who somebody is counts for the visitor only; a server may name the customer.
    const customerId = kind === "sk" ? userId : undefined;
    const visitorId = customerId === undefined ? anonymousId : undefined;
    if (customerId === undefined && visitorId === undefined) {
      answers[place] = rejected(event, {
        code: "identity_unverified",
        pointer: "/userId",
        detail: "A page cannot speak for a known customer.",
        cure: "Send anonymousId too, or send from your server with a server key.",
      });
      return;
    }
    const consent = consentOf(c, access, {
      consent: statementOfCategories(mapped.value.consent, categories),
    });
    const key = JSON.stringify([visitorId, customerId, consent]);
    const group: Group = groups.get(key) ?? {
      ...(visitorId === undefined ? {} : { visitorId }),
      ...(customerId === undefined ? {} : { customerId }),
      consent,
      mapped: [],
    };
    // A change of mind names the other tool's categories; kept are our purposes.
    const ours =
      event.type === "consent_updated"
        ? {
            ...event,
            consent: statementOfCategories(event["consent"] as Record<string, unknown>, categories),
          }
        : event;
    group.mapped.push({ place, event: ours, sentAt: (one as Call)["sentAt"] });
    groups.set(key, group);
  });

  for (const { visitorId, customerId, consent, mapped } of groups.values()) {
    const person = await findPerson(asker, { visitorId, customerId, consent });
    if (!person.ok) return problemResponse(person.problem, headers);
    const taken = await intake(asker, site, {
      person: person.value,
      consent,
      events: mapped.map((one) => one.event),
      sentAt: mapped[0]!.sentAt,
      source: kind === "sk" ? "server" : "segment",
    });
    mapped.forEach((one, i) => (answers[one.place] = taken.answers[i]!));
  }
  return answer({ success: answers.every((one) => one.status !== "rejected"), events: answers }, headers);
}

const isCall = (value: unknown): value is Call =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/** A batch's context and moment hold for each call that does not state its own. */
function inherit(call: unknown, root: Call): unknown {
  if (!isCall(call)) return call;
  return {
    ...call,
    sentAt: call["sentAt"] ?? root["sentAt"],
    context: { ...(root["context"] as Call), ...(call["context"] as Call) },
  };
}
