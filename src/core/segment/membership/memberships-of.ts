import type { Purpose } from "../../consent/consent.ts";
import type { Attributes } from "../evaluate.ts";
import type { CompiledSegment, CompiledSegments } from "./compile-segments.ts";

/**
 * The segments that a person is in, as far as they ask about the person alone. Ids, ascending.
 * @param attributes with `meters` (`readMeters`)
 * @param permitted a segment with a purpose needs its grant
 */
export function membershipsOf(
  { personal }: CompiledSegments,
  attributes: Attributes,
  permitted: ReadonlySet<Purpose>,
): readonly string[] {
  const memberOf = newMembership();
  ask(personal, attributes, permitted, memberOf);
  return idsOf(memberOf);
}

/**
 * All segments that hold while a request is answered. Ids, ascending.
 * @param known what `membershipsOf` said last; absent: those about the person are asked now, of these attributes
 */
export function membershipsNow(
  { personal, request }: CompiledSegments,
  attributes: Attributes,
  permitted: ReadonlySet<Purpose>,
  known?: readonly string[],
): readonly string[] {
  const memberOf = newMembership();
  if (known) for (const id of known) memberOf[id] = true;
  else ask(personal, attributes, permitted, memberOf);
  ask(request, attributes, permitted, memberOf);
  return idsOf(memberOf);
}

/** Segments by id, as conditions ask for them. Without a prototype: an id may be any name. */
export type Membership = Record<string, true>;
export const newMembership = (): Membership => Object.create(null) as Membership;
export const idsOf = (memberOf: Membership): string[] => Object.keys(memberOf).sort();

/** Asks segments in their order; what they ask of earlier ones is in `memberOf`, to which they are added. */
export function ask(
  segments: readonly CompiledSegment[],
  attributes: Attributes,
  permitted: ReadonlySet<Purpose>,
  memberOf: Membership,
): void {
  if (segments.length === 0) return;
  // Attributes are often made when they are read: the descriptors go over, not the values.
  const all = Object.defineProperties({} as Record<string, unknown>, {
    ...Object.getOwnPropertyDescriptors(attributes),
    memberOf: { value: memberOf },
    // By this name only rules and experiments ask: what a segment finds there could depend on the order of asking.
    segments: { value: [] },
  });
  for (const { id, purpose, matches } of segments)
    if ((purpose === undefined || permitted.has(purpose)) && matches(all)) memberOf[id] = true;
}
