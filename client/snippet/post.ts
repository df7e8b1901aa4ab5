import { permits, statement } from "./consent.ts";
import { log } from "./log.ts";
import { api, setting } from "./script.ts";
import { read, write } from "./storage.ts";

/** The head of every body. Without an `id` it says nothing about a person but what they decided. */
export const sender = (id?: string) => ({
  key: setting("key") ?? "",
  visitorId: id,
  consent: statement(),
  sentAt: Date.now(),
});

/** What came back. `status` 0: nothing did. */
export type Reply<T> = { readonly status: number; readonly answer?: T | undefined };

/**
 * Sends a body as text without any header of its own, so that no browser asks the server for permission first: such a
 * question is what loses events when a page is left. Never rejects. Keeps the visitor id that the answer brings.
 */
export async function post<T extends { readonly visitorId?: string }>(
  path: string,
  body: object,
): Promise<Reply<T>> {
  let status = 0;
  let answer: T | undefined;
  try {
    const text = JSON.stringify(body);
    log("send " + path, body);
    if (document.hidden && !("keepalive" in Request.prototype)) navigator.sendBeacon(api + path, text);
    else {
      const response = await fetch(api + path, {
        method: "POST",
        body: text,
        keepalive: true,
        // Cookies prove to the server whose browser this is; without a yes nobody asks.
        credentials: permits() ? "include" : "omit",
        // The next request waits for this one.
        signal: AbortSignal.timeout?.(9000),
      });
      status = response.status;
      answer = (await response.json()) as T;
      log("answer " + path, answer);
      if (answer.visitorId && permits()) write("visitor", answer.visitorId);
    }
  } catch (error) {
    log("error", error);
  }
  return { status, answer };
}

/** The id the server gave this browser. */
export const visitor = (): string | undefined => read("visitor");
