import * as v from "valibot";

/** Longest id accepted, in UTF-8 bytes. Longer ones are somebody's payload, not an id. */
export const ID_BYTES_MAX = 128;

/** Values that broken integrations send instead of an id; joined on them, strangers become one person. */
const NOT_AN_ID = new Set([
  "null",
  "nil",
  "undefined",
  "nan",
  "none",
  "0",
  "-1",
  "true",
  "false",
  "anonymous",
  "guest",
  "id",
  "email",
  "distinct_id",
  "distinctid",
  "user_id",
  "userid",
  "not_authenticated",
  "[object object]",
  "unknown",
  "test",
  "__proto__",
  "constructor",
  "prototype",
  "tostring",
  "valueof",
  "hasownproperty",
]);

// Control characters, bidirectional overrides and zero-width characters: two ids that look the same must be the same.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const TEMPLATE = /\{\{|\}\}|\$\{|^%%.*%%$|<%/;

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** What nearly every id is made of: letters, digits and marks that no template and no attack needs. */
const PLAIN = /^[A-Za-z0-9_.:-]{1,128}$/;

/** Why a text cannot serve as an id, as a phrase that completes "is …"; `undefined` when it can. */
export function idDefect(text: string): string | undefined {
  if (PLAIN.test(text)) return NOT_AN_ID.has(text.toLowerCase()) ? "a placeholder, not an id" : undefined;
  if (text.length === 0 || text.trim() !== text) return "empty or padded with spaces";
  if (text.length > ID_BYTES_MAX || utf8Length(text) > ID_BYTES_MAX)
    return `longer than ${ID_BYTES_MAX} bytes`;
  if (!text.isWellFormed()) return "ill-formed Unicode";
  if (INVISIBLE.test(text)) return "made of invisible or control characters";
  if (text.normalize("NFC") !== text) return "not in Unicode normal form C";
  if (NOT_AN_ID.has(text.replace(/^['"]|['"]$/g, "").toLowerCase())) return "a placeholder, not an id";
  if (TEMPLATE.test(text)) return "an unfilled template";
  return undefined;
}

const Id = v.pipe(
  v.string(),
  v.check((text) => idDefect(text) === undefined, "an id of 1 to 128 visible bytes"),
);

/** An item of the catalog, as the shop names it. */
export const ItemId = Id;
export type ItemId = string;

/** A browser's visitor: minted by the server, or an anonymousId that another tracker made. */
export const VisitorId = Id;
export type VisitorId = string;

/** A customer as the shop's own system names them. Only a server key, or a signed token, may speak for one. */
export const CustomerId = Id;
export type CustomerId = string;

/** An event's id, made by whoever saw it happen, before the first attempt to send it. */
export const EventId = Id;
export type EventId = string;

/** Names a marketer gives: slots, rules, segments, experiments, variations. */
export const Name = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, "a name of a-z, 0-9, - and _, at most 64 long"),
);
