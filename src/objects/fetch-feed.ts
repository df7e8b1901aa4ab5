import { feedFormatOf, type FeedFormat } from "../import/feed.ts";

/** Bytes and time that a scheduled feed may take. */
const FEED_BYTES_MAX = 25 * 1024 * 1024;
const FEED_MS_MAX = 60_000;

/**
 * Fetches a catalog feed, or says in a sentence why not. Never throws. Redirects are not followed: the address was
 * checked when it was configured, where it leads was not.
 */
export async function fetchFeed(url: string): Promise<{ text: string; format: FeedFormat } | string> {
  try {
    const reply = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(FEED_MS_MAX) });
    if (!reply.ok) return `The feed answered ${reply.status}.`;
    const text = await readCapped(reply, FEED_BYTES_MAX);
    if (text === undefined) return `The feed is larger than ${FEED_BYTES_MAX} bytes.`;
    const format = feedFormatOf(reply.headers.get("content-type"), text);
    return format ? { text, format } : "The feed is neither XML, TSV, CSV, JSON nor NDJSON.";
  } catch (error) {
    return `The feed could not be fetched: ${error instanceof Error ? error.name : "unknown"}.`;
  }
}

/** A body as text, or `undefined` beyond the cap: an endless answer is hung up on. */
async function readCapped(reply: Response, bytesMax: number): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = "";
  let length = 0;
  for await (const chunk of reply.body ?? []) {
    length += chunk.byteLength;
    if (length > bytesMax) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
