import { idDefect } from "../core/primitives/ids.ts";
import { fail, succeed, type Result } from "../core/primitives/result.ts";
import { addressOf, clip, fieldsOf, idOf, isFields, scalarsOf, type Fields } from "./read-field.ts";
import { mapTrack } from "./segment-track.ts";
import { refusal, type EventHead, type UnparsedEvent } from "./unparsed-event.ts";

/** The calls of Segment's specification. */
export const SEGMENT_KINDS = ["track", "page", "screen", "identify", "group", "alias"] as const;
export type SegmentKind = (typeof SEGMENT_KINDS)[number];

/** One Segment call in our words. Who may speak for `userId`, and what a category stands for, is the caller's to say. */
export type MappedSegment = {
  readonly anonymousId?: string;
  readonly userId?: string;
  /** `context.consent.categoryPreferences` as it came. Absent, empty and a missing category all mean no. */
  readonly consent?: Fields;
  readonly event: UnparsedEvent;
};

/** A page as Segment tells it; `properties` of a page call win over `context.page`. Its type is not guessed. */
function pageOf(context: Fields, properties: Fields, call: Fields): Fields | undefined {
  const seen: Fields = { ...fieldsOf(context["page"]), ...properties };
  const page = {
    url: addressOf(seen["url"] ?? seen["path"]),
    title: clip(seen["title"] ?? call["name"], 512),
    referrer: addressOf(seen["referrer"]),
    category: clip(properties["category"] ?? call["category"], 512),
  };
  const known = Object.entries(page).filter(([, value]) => value !== undefined);
  return known.length === 0 ? undefined : Object.fromEntries(known);
}

/** Traits as facts; an address is laid flat as `address_city`, since a point in a name would read as a path. */
const traitsOf = (traits: Fields): Fields => scalarsOf(traits["address"], "address_", scalarsOf(traits));

/** The ids of a call: at least one, each usable. Segment writes `null` for the one it does not know. */
function idsOf(call: Fields): Result<{ readonly anonymousId?: string; readonly userId?: string }> {
  const ids: { anonymousId?: string; userId?: string } = {};
  for (const name of ["anonymousId", "userId"] as const) {
    const stated = call[name] ?? undefined;
    if (stated === undefined) continue;
    const id = idOf(stated);
    if (id === undefined) {
      const defect = typeof stated === "string" ? idDefect(stated) : undefined;
      const problem = refusal(`/${name}`, "an id", stated, "id_invalid");
      return fail(defect === undefined ? problem : { ...problem, detail: `/${name} is ${defect}.` });
    }
    ids[name] = id;
  }
  if (ids.anonymousId !== undefined || ids.userId !== undefined) return succeed(ids);
  const near = Object.keys(call).find((key) => /^(user|anonymous)_?id$/i.test(key) && call[key] !== null);
  return fail({
    code: "id_missing",
    pointer: "/anonymousId",
    detail: "A call must carry anonymousId or userId.",
    ...(near === undefined ? {} : { cure: "Names are case-sensitive: write anonymousId or userId." }),
  });
}

/**
 * Maps one Segment call (v1 or v2 names). `kind` is the endpoint's verb and wins over the call's own `type`; old
 * libraries wrote `action`. A batch's common `context` is merged in by the caller, who also corrects the moment for the
 * sender's clock and, where it takes calls without a `messageId`, makes one first.
 *
 * `identify` states traits. `page` and `screen` are pages; a screen's name is its title. `group` is kept as a custom
 * event of that name, with the group's id and scalar traits: a group is not a person. `alias` is kept as a custom event
 * without the previous id: only an identify call with both ids, from somebody who may, joins two profiles.
 * @example
 * mapSegment({ type: "track", event: "Product Viewed", messageId: "m1", anonymousId: "a1", properties: { sku: "S1" } })
 * // { ok: true, value: { anonymousId: "a1", event: { id: "m1", type: "product_viewed", item: "S1" } } }
 */
export function mapSegment(call: unknown, kind?: string, currency?: string): Result<MappedSegment> {
  if (!isFields(call)) return fail(refusal("", "an object", call));
  const stated = kind ?? call["type"] ?? call["action"];
  const verb = SEGMENT_KINDS.find((one) => one === stated);
  if (verb === undefined) {
    return fail(refusal("/type", "track, page, screen, identify, group or alias", stated, "event_unknown"));
  }
  const ids = idsOf(call);
  if (!ids.ok) return ids;
  const id = idOf(call["messageId"]);
  if (id === undefined) {
    const isMissing = call["messageId"] === undefined || call["messageId"] === null;
    return fail(
      refusal(
        "/messageId",
        "the call's own id",
        call["messageId"],
        isMissing ? "event_invalid" : "id_invalid",
      ),
    );
  }

  const context = fieldsOf(call["context"]);
  const preferences = fieldsOf(context["consent"])["categoryPreferences"];
  const consent = isFields(preferences) ? preferences : undefined;
  const isPage = verb === "page" || verb === "screen";
  const page = isPage ? pageOf(context, fieldsOf(call["properties"]), call) : pageOf(context, {}, {});
  const at = call["timestamp"] ?? call["originalTimestamp"] ?? undefined;
  const head: EventHead = {
    id,
    ...(at === undefined ? {} : { at }),
    ...(page === undefined ? {} : { page }),
  };
  const event = mapVerb(verb, call, head, { consent, currency });
  if (!event.ok) return event;
  return succeed({ ...ids.value, ...(consent === undefined ? {} : { consent }), event: event.value });
}

function mapVerb(
  verb: SegmentKind,
  call: Fields,
  head: EventHead,
  context: { readonly consent: Fields | undefined; readonly currency: string | undefined },
): Result<UnparsedEvent> {
  const traits = fieldsOf(call["traits"]);
  switch (verb) {
    case "page":
    case "screen":
      return succeed({ ...head, type: "page_viewed" });
    case "identify":
      return succeed({ ...head, type: "traits_updated", traits: traitsOf(traits) });
    case "group": {
      const group = idOf(call["groupId"]);
      const facts = scalarsOf(traits, "", group === undefined ? {} : { groupId: group });
      return succeed({ ...head, type: "custom", name: "group", facts });
    }
    case "alias":
      return succeed({ ...head, type: "custom", name: "alias" });
    case "track": {
      const name = call["event"];
      if (typeof name !== "string" || name.trim() === "")
        return fail(refusal("/event", "the event's name", name));
      return mapTrack(name, fieldsOf(call["properties"]), head, context);
    }
  }
}
