import { statement } from "./consent.ts";
import { setting } from "./script.ts";
import { read } from "./storage.ts";

/** Who has logged in, by a token of the shop's server. Never stored. */
export let identity: string | undefined;
/** Says who the visitor is; nothing: nobody in particular. */
export const identify = (token?: string): void => {
  identity = token;
};

/** The id the server gave this browser. */
export const visitor = (): string | undefined => read("concierge.visitor");

/** Epoch milliseconds. The clock may be set while a page is open: what a page says must agree with itself. */
export const now = (): number => Math.round(performance.timeOrigin + performance.now());

/** The head of every body. Without an `id` it says nothing about a person but what they decided. */
export const sender = (id?: string) => ({
  key: setting("key"),
  visitorId: id,
  identity: id && identity,
  consent: statement(),
  sentAt: now(),
});
