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
