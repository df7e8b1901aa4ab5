import { jsonLines } from "./ndjson.ts";
import type { TextBody } from "./wire.ts";

/** A body as it travels, with its media type. */
export function textOf(body: unknown, type?: string): { readonly text?: TextBody; readonly type?: string } {
  if (body === undefined) return {};
  if (body instanceof ReadableStream) return { text: body, type: type ?? "application/x-ndjson" };
  if (body instanceof Uint8Array || body instanceof Blob)
    return { text: body as TextBody, ...(type === undefined ? {} : { type }) };
  if (typeof body === "string") return { text: body, ...(type === undefined ? {} : { type }) };
  if (Symbol.asyncIterator in Object(body)) return textOf(jsonLines(body as AsyncIterable<object>), type);
  return { text: JSON.stringify(body), type: type ?? "application/json" };
}

export type Keyed = {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: TextBody | undefined;
  /** Nothing in it makes a browser ask first. */
  readonly isSimple: boolean;
};

/**
 * A page's key travels in the body, as text, so that no browser asks the Worker for permission first; flags are asked by other
 * people's protocol, which the Worker gives that permission. Every other key travels in the header.
 */
export function keyFor(key: string | undefined, path: string, body: TextBody | undefined): Keyed {
  if (key === undefined) return { headers: {}, body, isSimple: false };
  if (key.startsWith("pk_") && path.startsWith("/v1/") && typeof body === "string" && body.startsWith("{")) {
    const field = SEGMENT.has(path) ? "writeKey" : "key";
    const rest = body === "{}" ? "}" : `,${body.slice(1)}`;
    return { headers: {}, body: `{"${field}":${JSON.stringify(key)}${rest}`, isSimple: true };
  }
  return { headers: { authorization: `Bearer ${key}` }, body, isSimple: false };
}
const SEGMENT = new Set(["batch", "track", "page", "screen", "group", "alias"].map((name) => `/v1/${name}`));
