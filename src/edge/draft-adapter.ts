import { proxyDurable } from "itty-durable";
import type { Env } from "../env.ts";
import type { Draft } from "../objects/draft-object.ts";

/** Bytes of a draft: itty-durable's header transport stops somewhere near 100 KB. */
export const DRAFT_BYTES_MAX = 16 * 1024;

type DraftStub = { keep(text: string): Promise<{ kept: true }>; look(): Promise<{ text: string | null }> };

/**
 * The only door to DraftObject. A fresh proxy for every call (itty-durable's shared header object mixes up identities
 * otherwise), wrapped in a plain object (a proxied stub answers `then` and hangs whoever awaits it), and never a
 * forwarded request (its router would let anybody call `destroy`).
 */
export function draftAt(env: Env, objectId: DurableObjectId) {
  const stub = (): DraftStub =>
    proxyDurable(env.DRAFT, { parse: true }).get(objectId.toString()) as DraftStub;
  return {
    keep: async (draft: Draft): Promise<void> => {
      await stub().keep(asciiJson(draft));
    },
    look: async (): Promise<Draft | undefined> => {
      const { text } = await stub().look();
      return text === null ? undefined : (JSON.parse(text) as Draft);
    },
  };
}

/** JSON with everything beyond ASCII escaped: header values are bytes. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
