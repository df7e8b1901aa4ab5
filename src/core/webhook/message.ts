import { SECOND_MS, type EpochMs } from "../primitives/time.ts";
import type { JsonObject, Notice } from "./notice.ts";
import { timestampOf } from "./timestamp.ts";

/** UTF-8 bytes of a body, at most. Source: Standard Webhooks 1.0, "Payload size". */
export const BODY_BYTES_MAX = 20 * 1024;

/**
 * The body of a notice, made once and sent unchanged at every try. Data that would make it too large is left out, and the
 * body says so with `isCut`: the receiver still learns what happened to whom.
 * @example messageOf({ type: "test", at: 0, customerId: null, data: {} }) // '{"type":"test","timestamp":"1970-01-01T00:00:00.000Z","data":{}}'
 */
export function messageOf(notice: Pick<Notice, "type" | "at" | "customerId" | "data">): string {
  const who: JsonObject = notice.customerId === null ? {} : { customerId: notice.customerId };
  const body = (data: JsonObject) =>
    JSON.stringify({ type: notice.type, timestamp: timestampOf(notice.at), data });
  const whole = body({ ...notice.data, ...who });
  return utf8Length(whole) <= BODY_BYTES_MAX ? whole : body({ ...who, isCut: true });
}

/**
 * A notice's id as its header carries it: dots part the pieces of what is signed, and a header is ASCII.
 * @example headerIdOf("import.7") // "import-7"
 */
export const headerIdOf = (id: string): string => id.replaceAll(/[^A-Za-z0-9_-]/g, "-");

/** What is signed: id, second and body, parted by dots. Source: Standard Webhooks 1.0, "Signature scheme". */
export const signedContent = (id: string, sentAt: EpochMs, body: string): string =>
  `${id}.${secondsOf(sentAt)}.${body}`;

/** The moment of a try as its header says it: whole seconds since 1970. @example secondsOf(1999) // 1 */
export const secondsOf = (at: EpochMs): number => Math.floor(at / SECOND_MS);

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
