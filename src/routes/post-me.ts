import * as v from "valibot";
import { hiddenName } from "../core/profile/view.ts";
import { ItemId, Name } from "../core/primitives/ids.ts";
import type { Result } from "../core/primitives/result.ts";
import { sender } from "../core/wire/decide.ts";
import { endDevice } from "../edge/device.ts";
import { erasePerson } from "../edge/erasure.ts";
import { intake } from "../edge/intake.ts";
import type { Person } from "../edge/person.ts";
import { findSelf } from "../edge/self.ts";
import { problemResponse } from "../http/problem.ts";
import { answer, askerOf, enter, withCookies, type RouteContext } from "./route.ts";

const Fact = v.union([v.pipe(v.string(), v.maxLength(1024)), v.pipe(v.number(), v.finite()), v.boolean()]);
const TraitName = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

const self = { key: sender.key, identity: sender.identity };
export const MeRequest = v.strictObject(self);

/** What a customer may change about what is known of them. */
export const MeChange = v.strictObject({
  ...self,
  /** Traits as they should read; `null` takes one out, and nobody else's word puts it back. */
  correct: v.optional(
    v.pipe(
      v.record(TraitName, v.nullable(Fact)),
      v.check((traits) => Object.keys(traits).length <= 64, "at most 64 traits"),
    ),
  ),
  /** Kept out of everything that is decided and said, or let in again. */
  hide: v.optional(
    v.strictObject({
      trait: v.optional(TraitName),
      item: v.optional(ItemId),
      hidden: v.optional(v.boolean(), true),
    }),
  ),
  feedback: v.optional(
    v.strictObject({
      item: ItemId,
      feedback: v.picklist(["not_this", "own_it", "less_like_this", "gift", "undo"]),
    }),
  ),
  /** A moment in their life: it is so, it is not, or it is to be forgotten. */
  life: v.optional(
    v.strictObject({
      kind: Name,
      says: v.optional(v.picklist(["yes", "no", "gone"]), "yes"),
      on: v.optional(
        v.pipe(v.string(), v.regex(/^(\d{4}-)?\d{2}-\d{2}$/, "a date such as 2027-05-31 or 05-31")),
      ),
    }),
  ),
  consent: v.optional(v.record(v.pipe(v.string(), v.maxLength(64)), v.boolean())),
  pause: v.optional(v.boolean()),
});

type Entered<T> = Exclude<Awaited<ReturnType<typeof enter>>, Response> & { readonly request: T };

async function whoAsks<T extends { identity?: string | undefined }>(
  c: RouteContext,
  entered: Entered<T>,
): Promise<Result<Person>> {
  return findSelf(askerOf(c, entered.access), entered.request.identity);
}

/** `POST /v1/me`: what is known about whoever asks, from where, and which decisions used it. */
export async function postMe(c: RouteContext): Promise<Response> {
  const entered = await enter(c, ["pk"], MeRequest);
  if (entered instanceof Response) return entered;
  const { headers } = entered.access;
  const person = await whoAsks(c, entered);
  if (!person.ok) return problemResponse(person.problem, headers);
  const known = await c.env.CUSTOMER.get(person.value.objectId).known(person.value.deviceId);
  if (known === "denied") return signedOut(headers);
  return answer({ known: known ?? null, isCustomer: person.value.customerId !== undefined }, headers);
}

/** `POST /v1/me/export`: everything stored, as one document. */
export async function postMeExport(c: RouteContext): Promise<Response> {
  const entered = await enter(c, ["pk"], MeRequest);
  if (entered instanceof Response) return entered;
  const { headers, siteId } = entered.access;
  const person = await whoAsks(c, entered);
  if (!person.ok) return problemResponse(person.problem, headers);
  const stub = c.env.CUSTOMER.get(person.value.objectId);
  if ((await stub.known(person.value.deviceId)) === "denied") return signedOut(headers);
  const everything = await stub.everything();
  return answer(
    {
      format: "concierge-export/1",
      site: siteId,
      exportedAt: new Date().toISOString(),
      data: everything ?? null,
    },
    { ...headers, "content-disposition": 'attachment; filename="my-data.json"' },
  );
}

/** `POST /v1/me/change`: corrects, hides, tells of their life, gives feedback, changes consent, pauses. */
export async function postMeChange(c: RouteContext): Promise<Response> {
  const entered = await enter(c, ["pk"], MeChange);
  if (entered instanceof Response) return entered;
  const { access, request } = entered;
  const { headers, site } = access;
  const person = await whoAsks(c, entered);
  if (!person.ok) return problemResponse(person.problem, headers);
  const stub = c.env.CUSTOMER.get(person.value.objectId);
  const { correct, hide, feedback, life, consent, pause } = request;
  if (pause === false) await stub.pause(false);
  const id = () => `me-${crypto.randomUUID()}`;
  const events = [
    ...(consent ? [{ type: "consent_updated", id: id(), consent }] : []),
    ...(correct ? [{ type: "traits_updated", id: id(), traits: correct }] : []),
    ...(life ? [{ type: "life_event_told", id: id(), ...life }] : []),
    ...(feedback ? [{ type: "feedback_given", id: id(), ...feedback }] : []),
  ];
  const taken =
    events.length === 0
      ? []
      : (
          await intake(askerOf(c, access), site, {
            person: person.value,
            consent: {},
            source: "customer",
            events,
          })
        ).answers;
  if (hide) {
    for (const [kind, name] of [
      ["trait", hide.trait],
      ["item", hide.item],
    ] as const)
      if (name !== undefined) await stub.hide(hiddenName(kind, name), hide.hidden);
  }
  if (pause === true) await stub.pause(true);
  const known = await stub.known(person.value.deviceId);
  if (known === "denied") return signedOut(headers);
  return answer({ events: taken, known: known ?? null }, headers);
}

/** `POST /v1/me/erase`: forgets whoever asks. Answers with a receipt. */
export async function postMeErase(c: RouteContext): Promise<Response> {
  const entered = await enter(c, ["pk"], MeRequest);
  if (entered instanceof Response) return entered;
  const { headers, siteId, site } = entered.access;
  const person = await whoAsks(c, entered);
  if (!person.ok) return problemResponse(person.problem, headers);
  const stub = c.env.CUSTOMER.get(person.value.objectId);
  if ((await stub.known(person.value.deviceId)) === "denied") return signedOut(headers);
  const receipt = await erasePerson(c.env, siteId, site, person.value);
  return withCookies(answer(receipt, headers), endDevice(c.req.raw));
}

const signedOut = (headers: Record<string, string>): Response =>
  problemResponse({ code: "identity_unverified", detail: "This device was signed out." }, headers);
